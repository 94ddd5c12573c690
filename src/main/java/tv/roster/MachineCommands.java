package tv.roster;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import tv.roster.cli.Commands;
import tv.roster.settings.InvalidSettings;

/// The commands that run on a machine of the server, and use its database directly.
final class MachineCommands {
    private static final Set<String> NAMES =
            Set.of(AdminKeyCommand.NAME, BackupCommand.NAME, RestoreCommand.NAME, MigrateCommand.NAME);

    private MachineCommands() {}

    /// Whether this is the name of such a command.
    static boolean has(String name) {
        return NAMES.contains(name);
    }

    /// Runs a command and returns the exit status: 0 done, 1 failed, 2 wrong usage or settings.
    static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter errors) {
        var line = line(environment);
        line.setOut(out);
        line.setErr(errors);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            errors.println(
                    failure instanceof InvalidSettings invalid
                            ? String.join(System.lineSeparator(), invalid.faults())
                            : Main.words(failure));
            return failure instanceof InvalidSettings ? Main.MISUSED : Main.FAILED;
        });
        return line.execute(arguments);
    }

    /// The commands by name, sorted.
    static Map<String, CommandLine> all(Map<String, String> environment) {
        return new TreeMap<>(line(environment).getSubcommands());
    }

    private static CommandLine line(Map<String, String> environment) {
        var line = new CommandLine(CommandLine.Model.CommandSpec.create().name("./roster"));
        line.addSubcommand(new AdminKeyCommand(environment));
        line.addSubcommand(new BackupCommand(environment));
        line.addSubcommand(new RestoreCommand(environment));
        line.addSubcommand(new MigrateCommand(environment));
        Commands.withHelp(line);
        return line;
    }
}
