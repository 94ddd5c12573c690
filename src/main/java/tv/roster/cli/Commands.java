package tv.roster.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The client commands.
public final class Commands {
    private static final Set<String> NAMES = Set.of("tenant", "key", "allow-list", "events", "secret", "completion");

    private Commands() {}

    /// Whether this is the name of a client command.
    public static boolean has(String name) {
        return NAMES.contains(name);
    }

    /// Runs a command and returns the exit status: 0 done, 1 rejected, 2 wrong usage, 3 no server, 4 address not
    /// allowed.
    ///
    /// @param others the commands that need no server, to be completed as well
    public static int run(
            String[] arguments,
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter errors,
            Map<String, CommandLine> others) {
        var line = line(new Terminal(environment, out), others);
        line.setOut(out);
        line.setErr(errors);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof Failure failure) {
                errors.println(failure.getMessage());
                errors.flush();
                return failure.status();
            }
            throw thrown;
        });
        return line.execute(arguments);
    }

    static CommandLine line(Terminal terminal, Map<String, CommandLine> others) {
        var line = new CommandLine(new RosterCommand(terminal, others));
        line.addSubcommand(new TenantCommands(terminal));
        line.addSubcommand(new KeyCommands(terminal));
        line.addSubcommand(new AllowListCommands(terminal));
        line.addSubcommand(new SecretCommands(terminal));
        withHelp(line);
        return line;
    }

    /// Adds `--help` to a command and its subcommands.
    public static void withHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .description("Show this help.")
                        .build());
        line.getSubcommands().values().forEach(Commands::withHelp);
    }
}
