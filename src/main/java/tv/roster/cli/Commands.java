package tv.roster.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The client commands.
public final class Commands {
    private static final Set<String> NAMES = Set.of(
            "user",
            "tenant",
            "key",
            "agent",
            "allow-list",
            "import",
            "export",
            "events",
            "webhook",
            "secret",
            "completion");

    private static final int HELP_WIDTH = 120;

    private Commands() {}

    /// Whether this is the name of a client command.
    public static boolean has(String name) {
        return NAMES.contains(name);
    }

    /// Runs typical commands without a server, for Java to learn from.
    public static void rehearse() {
        Rehearsal.run();
    }

    /// Runs a command and returns the exit status, as [Failure] has it; 0 is done.
    ///
    /// @param others the commands that need no server, to be completed as well
    public static int run(
            String[] arguments,
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter errors,
            Map<String, CommandLine> others) {
        return run(arguments, environment, out, errors, () -> 0, others);
    }

    /// The same with `errors` as a terminal of so many columns; 0 if it is none.
    public static int run(
            String[] arguments,
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter errors,
            IntSupplier columns,
            Map<String, CommandLine> others) {
        try (var terminal = new Terminal(environment, out, errors, columns)) {
            return run(line(terminal, List.of(arguments[0]), others), arguments, out, errors);
        }
    }

    private static int run(CommandLine line, String[] arguments, PrintWriter out, PrintWriter errors) {
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

    /// All commands, for the completion.
    static CommandLine line(Terminal terminal, Map<String, CommandLine> others) {
        return line(terminal, NAMES, others);
    }

    /// Only the named commands: picocli takes longer to read the options of all of them than a call takes.
    private static CommandLine line(Terminal terminal, Collection<String> names, Map<String, CommandLine> others) {
        var line = new CommandLine(new RosterCommand(terminal, others));
        for (var name : names) {
            switch (name) {
                case "user" -> line.addSubcommand(new UserCommands(terminal));
                case "tenant" -> line.addSubcommand(new TenantCommands(terminal));
                case "key" -> line.addSubcommand(new KeyCommands(terminal));
                case "agent" -> line.addSubcommand(new AgentCommands(terminal));
                case "allow-list" -> line.addSubcommand(new AllowListCommands(terminal));
                case "import" -> line.addSubcommand(new ImportCommands(terminal));
                case "export" -> line.addSubcommand(new ExportCommand(terminal));
                case "webhook" -> line.addSubcommand(new WebhookCommands(terminal));
                case "secret" -> line.addSubcommand(new SecretCommands(terminal));
                default -> {
                    // A method of RosterCommand.
                }
            }
        }
        withHelp(line);
        return line;
    }

    /// Adds `--help` to a command and its subcommands, wide enough that no example is broken.
    public static void withHelp(CommandLine line) {
        line.getCommandSpec().usageMessage().width(HELP_WIDTH);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .description("Show this help.")
                        .build());
        line.getSubcommands().values().forEach(Commands::withHelp);
    }
}
