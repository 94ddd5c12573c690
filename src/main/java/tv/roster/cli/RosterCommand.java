package tv.roster.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The top-level command and its simple subcommands; the others are added to it.
@Command(
        name = "./roster",
        synopsisSubcommandLabel = "COMMAND",
        description = "Manages subscribers, tenants, keys and allow-lists, and shows what was changed.",
        footer = {
            "",
            "The server is the one that runs on the data folder here (ROSTER_DATA, else ./data), or that of ROSTER_URL",
            "with ROSTER_ADMIN_KEY (for user, webhook and events --feed: ROSTER_API_KEY). ROSTER_CA names a PEM file of",
            "certificates to trust for HTTPS.",
            "",
            "Exit status: 0 done, 1 rejected by the server, 2 wrong usage, 3 no server found or no response from it,",
            "4 the address is not allowed (allow-list test), 5 rows were rejected (import), 6 cancelled or failed (import)."
        })
final class RosterCommand {
    private final Terminal terminal;
    private final Map<String, CommandLine> others;

    RosterCommand(Terminal terminal, Map<String, CommandLine> others) {
        this.terminal = terminal;
        this.others = others;
    }

    @Command(
            name = "events",
            description = "Show who changed what, and which calls were rejected, newest last.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ./roster events --tenant north-tv --kind user.deleted --since 7d",
                "  ./roster events --kind access.unauthorized --kind user.login_locked",
                "  ./roster events --follow --json",
                "  ./roster events --feed --tenant north-tv --from-now --follow"
            })
    void events(
            @Mixin Format format,
            @Option(names = "--tenant", description = "Its slug or id.") @Nullable String tenant,
            @Option(names = "--user", description = "A user's id.") @Nullable String user,
            @Option(names = "--key", description = "A key's prefix or id: made with it, or about it.") @Nullable
                    String key,
            @Option(names = "--kind", description = "Such as user.created or access.unauthorized; repeatable.")
                    @Nullable
                    List<String> kinds,
            @Option(names = "--since", description = "A date, a time, or such as 7d.") @Nullable String since,
            @Option(
                            names = {"-n", "--last"},
                            defaultValue = "50",
                            description = "How many, 1 to 1000; usually 50.")
                    int last,
            @Option(names = "--follow", description = "Continue to print new events until Ctrl-C.") boolean follow,
            @ArgGroup(exclusive = false) FeedCommand.@Nullable Options feed) {
        if (feed != null) {
            if (key != null || since != null) {
                throw new Failure(Failure.MISUSED, "The feed has no --key and no --since; see --after and --from-now.");
            }
            feed(new FeedCommand(terminal, format.json(terminal)), tenant, user, kinds, feed.query(), follow);
            return;
        }
        var filters = new StringBuilder();
        if (tenant != null) {
            filter(
                    filters,
                    "tenant",
                    new Lookup(terminal.server()).tenant(tenant).at("/id").asString());
        }
        if (user != null) {
            filter(filters, "user", user);
        }
        if (key != null) {
            filter(
                    filters,
                    "key",
                    new Lookup(terminal.server()).key(key).at("/id").asString());
        }
        if (kinds != null) {
            filter(filters, "kind", String.join(",", kinds));
        }
        var sinceFilter = since == null ? "" : "&filter%5Bsince%5D=" + Words.moment(since, -1);
        var command = new EventCommand(terminal, filters.toString(), format.json(terminal));
        command.last(last, sinceFilter);
        if (follow) {
            command.follow();
        }
    }

    private static void feed(
            FeedCommand command,
            @Nullable String tenant,
            @Nullable String user,
            @Nullable List<String> kinds,
            String from,
            boolean follow) {
        if (tenant != null) {
            command.demandTenant(tenant);
        }
        var filters = new StringBuilder(from);
        if (user != null) {
            filter(filters, "user", user);
        }
        if (kinds != null) {
            filter(filters, "kind", String.join(",", kinds));
        }
        command.print(filters.toString(), follow);
    }

    private static void filter(StringBuilder filters, String name, String value) {
        filters.append("&filter%5B").append(name).append("%5D=").append(Server.encoded(value));
    }

    @Command(
            name = "completion",
            description = "Print the completion of these commands for a shell.",
            footerHeading = "%nExample:%n",
            footer = "  source <(./roster completion bash)")
    void completion(@Parameters(paramLabel = "SHELL", description = "bash (zsh reads it too).") String shell) {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new Failure(Failure.MISUSED, "There is completion for bash and zsh.");
        }
        var all = Commands.line(terminal, Map.of());
        others.forEach(all::addSubcommand);
        for (var other : List.of("serve", "test", "help")) {
            all.addSubcommand(other, new CommandLine(CommandSpec.create()));
        }
        terminal.say(AutoComplete.bash("roster", all));
    }
}
