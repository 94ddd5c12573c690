package tv.roster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `./roster tenant …`
@Command(
        name = "tenant",
        description = "Operators, each with users, keys and settings of its own.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster tenant create north-tv --name \"North TV\" --flag GOLD --allow 192.0.2.0/24",
            "  ./roster tenant update north-tv --set rate_limit=6000/60s --set sender_name=\"North TV\"",
            "  ./roster tenant list --json"
        })
final class TenantCommands {
    private final Terminal terminal;

    TenantCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "List all tenants.")
    void list(@Mixin Format format) {
        var tenants = new ArrayList<JsonNode>();
        terminal.server().eachOf("/tenants?page%5Bsize%5D=1000", tenants::add);
        if (format.json(terminal)) {
            tenants.forEach(tenant -> terminal.say(tenant.toString()));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("SLUG", "NAME", "ALLOWED FROM", "ID"));
        for (var tenant : tenants) {
            rows.add(List.of(
                    tenant.at("/attributes/slug").asString(),
                    tenant.at("/attributes/name").asString(),
                    Words.list(tenant.at("/attributes/ip_allow_list"), "everywhere"),
                    tenant.at("/id").asString()));
        }
        terminal.table(rows);
    }

    @Command(name = "create", description = "Create a tenant.")
    void create(
            @Mixin Format format,
            @Parameters(paramLabel = "SLUG", description = "Its short name: a-z, 0-9 and hyphens.") String slug,
            @Option(names = "--name", required = true, description = "Its name.") String name,
            @Option(names = "--flag", paramLabel = "FLAG", description = "A flag of its catalogue; repeatable.")
                    @Nullable
                    List<String> flags,
            @Option(names = "--allow", paramLabel = "CIDR", description = "A network calls may come from; repeatable.")
                    @Nullable
                    List<String> blocks,
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting; repeatable.") @Nullable
                    Map<String, String> settings) {
        var attributes = Server.object().put("slug", slug).put("name", name);
        put(attributes, flags, blocks, settings);
        show(format, terminal.server().post("/tenants", "Tenant", attributes));
    }

    @Command(name = "show", description = "Show a tenant.")
    void show(@Mixin Format format, @Parameters(paramLabel = "TENANT", description = "Its slug or id.") String tenant) {
        var found = new Lookup(terminal.server()).tenant(tenant);
        show(format, terminal.server().get("/tenants/" + found.at("/id").asString()));
    }

    @Command(
            name = "update",
            description = "Change a tenant; everything that is not given remains unchanged.",
            footer = "An empty value of --set restores a setting's default; --no-flags empties the catalogue.")
    void update(
            @Mixin Format format,
            @Parameters(paramLabel = "TENANT", description = "Its slug or id.") String tenant,
            @Option(names = "--slug", description = "Its new short name.") @Nullable String slug,
            @Option(names = "--name", description = "Its new name.") @Nullable String name,
            @Option(names = "--flag", paramLabel = "FLAG", description = "The whole new catalogue; repeatable.")
                    @Nullable
                    List<String> flags,
            @Option(names = "--no-flags", description = "An empty catalogue.") boolean noFlags,
            @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting; repeatable.") @Nullable
                    Map<String, String> settings) {
        var attributes = Server.object();
        if (slug != null) {
            attributes.put("slug", slug);
        }
        if (name != null) {
            attributes.put("name", name);
        }
        put(attributes, noFlags ? List.of() : flags, null, settings);
        if (attributes.isEmpty()) {
            throw new Failure(Failure.MISUSED, "Name what to change, such as --name; see --help.");
        }
        var found = new Lookup(terminal.server()).tenant(tenant);
        show(format, terminal.server().patch("/tenants/" + found.at("/id").asString(), found, attributes));
    }

    @Command(name = "delete", description = "Delete a tenant and its keys permanently.")
    void delete(
            @Parameters(paramLabel = "TENANT", description = "Its slug or id.") String tenant,
            @Option(
                            names = "--with-users",
                            description = "Delete its users too; without this, a tenant with users is not deleted.")
                    boolean withUsers,
            @Option(names = "--yes", required = true, description = "Yes, delete it.") boolean yes) {
        var found = new Lookup(terminal.server()).tenant(tenant);
        terminal.server().delete("/tenants/" + found.at("/id").asString() + (withUsers ? "?users=delete" : ""));
        terminal.say("Deleted " + found.at("/attributes/slug").asString() + ".");
    }

    private static void put(
            ObjectNode attributes,
            @Nullable List<String> flags,
            @Nullable List<String> blocks,
            @Nullable Map<String, String> settings) {
        Words.put(attributes, "user_flags", flags);
        Words.put(attributes, "ip_allow_list", blocks);
        if (settings != null) {
            var object = attributes.putObject("settings");
            settings.forEach((name, value) -> put(object, name, value));
        }
    }

    private static void put(ObjectNode settings, String name, String value) {
        if (value.isEmpty()) {
            settings.putNull(name);
        } else if (name.equals("languages")) {
            Words.put(settings, name, List.of(value.split(",")));
        } else if (value.matches("[0-9]{1,18}")) {
            settings.put(name, Long.parseLong(value));
        } else {
            settings.put(name, value);
        }
    }

    private void show(Format format, JsonNode document) {
        if (format.json(terminal)) {
            terminal.json(document);
            return;
        }
        var attributes = document.at("/data/attributes");
        var pairs = new ArrayList<List<String>>();
        pairs.add(List.of("Slug", attributes.at("/slug").asString()));
        pairs.add(List.of("Name", attributes.at("/name").asString()));
        pairs.add(List.of("Id", document.at("/data/id").asString()));
        pairs.add(List.of("Flags", Words.list(attributes.at("/user_flags"), "-")));
        pairs.add(List.of("Allowed from", Words.list(attributes.at("/ip_allow_list"), "everywhere")));
        attributes
                .at("/settings")
                .forEachEntry((name, value) ->
                        pairs.add(List.of(name, value.isArray() ? Words.list(value, "-") : Words.text(value))));
        terminal.pairs(pairs);
    }
}
