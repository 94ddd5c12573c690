package tv.roster;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.cli.Commands;
import tv.roster.cli.progress.Screen;
import tv.roster.platform.database.backup.UnusableBackup;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.platform.http.wire.CannotListen;
import tv.roster.platform.logging.Console;
import tv.roster.platform.logging.LogLines;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.tls.UnusableCertificate;
import tv.roster.settings.InvalidSettings;
import tv.roster.settings.Setting;
import tv.roster.settings.Settings;
import tv.roster.settings.StartWarnings;

/// The program's entry point: selects the command.
public final class Main {
    static final int FAILED = 1;
    static final int MISUSED = 2;

    private static final String USAGE = """
            Usage: ./roster COMMAND

              serve            start the server; serve --help lists its settings
              user             find, show, create, update, suspend and delete subscribers
              tenant           list, create, show, update and delete operators
              key              list, create, update, rotate and revoke API keys
              agent            list, create, update, disable, enable and delete support agents; setup-link, end-sessions
              allow-list       show, set and test the networks that calls may come from
              import           import users from a file; import list, cancel, rejected, delete
              export           export users to a file
              events           show who changed what, or the feed of a tenant; --follow goes on
              webhook          list, create, test, pause, enable and delete webhook endpoints; replay, log
              secret           list and rotate the installation's secret
              admin-key        create an admin key on the server's machine, if all are lost
              backup           write all data to one file, while the server is running or stopped
              restore          restore a backup into an empty folder or database
              migrate          bring the database up to date; --dry-run only prints what is to be done
              completion       print the completion for a shell
              test             check and test everything (in a clone)
              bench            measure its speed (in a clone); bench --help lists what can be given
              package          build the packages to install (in a clone)
              help             this list
              --version        the version""";

    private static final String UNEXPECTED = "The server could not start because of an unexpected failure:";

    private static final String SERVE_USAGE = """
            Usage: ./roster serve

            Serves the User Management V4 API until Ctrl-C or SIGTERM. The port of health and metrics serves:

              /health/live     200 while the process works; 503: restart it
              /health/ready    200 if calls are served; 503: direct clients to other nodes
              /metrics         the metrics for Prometheus; docs/monitoring.md lists them

            Settings are environment variables:
            """;

    static {
        // Otherwise a client could make the server compute one handshake after another on a single connection. Java
        // reads this at its first handshake, which may be one with the database.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private Main() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "" : arguments[0];
        switch (command) {
            case "serve" -> serve(arguments);
            case "help", "--help", "-h" -> System.out.println(USAGE);
            case "rehearse" -> rehearse();
            case "version", "--version" -> System.out.println("Roster " + version());
            default -> {
                if (MachineCommands.has(command)) {
                    onMachine(arguments);
                }
                if (Commands.has(command)) {
                    System.exit(Commands.run(
                            arguments,
                            System.getenv(),
                            writer(System.out),
                            writer(System.err),
                            Screen::columns,
                            command.equals("completion") ? MachineCommands.all(System.getenv()) : Map.of()));
                }
                String problem = command.isEmpty() ? "Name a command." : "Unknown command: " + command;
                refuse(problem + System.lineSeparator() + USAGE);
            }
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static void onMachine(String[] arguments) {
        int status = MachineCommands.run(arguments, System.getenv(), writer(System.out), writer(System.err));
        LogLines.end();
        System.exit(status);
    }

    /// For the launcher, which makes the client commands' AOT cache from it; not meant for people.
    private static void rehearse() {
        Commands.rehearse();
        System.exit(0);
    }

    private static void serve(String[] arguments) {
        if (arguments.length == 1) {
            serve();
        } else if (arguments[1].equals("--help") || arguments[1].equals("-h")) {
            System.out.println(SERVE_USAGE + System.lineSeparator() + Setting.help());
        } else {
            refuse("serve takes no argument \"" + arguments[1] + "\": its settings are environment variables, see"
                    + " ./roster serve --help");
        }
    }

    private static void serve() {
        Settings settings = settings();
        Logger log = LoggerFactory.getLogger(Main.class);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> log.error("The thread {} ended unexpectedly", thread.getName(), failure));
        StartWarnings.of(settings, System.getenv()).forEach(log::warn);
        var stopping = new Stopping(settings.drain());
        Application application;
        try {
            application = Application.start(settings);
        } catch (RuntimeException | Error failure) {
            if (stopping.failed(failure)) {
                exit(FAILED, failure);
            }
            return;
        }
        stopping.started(application);
        Console.ready(application::readyLines, application.readyLine());
        stopping.serviceManager().ready("Serving");
        try {
            application.awaitShutdown();
        } catch (InterruptedException interrupted) {
            // The shutdown hook closes it.
        }
    }

    /// Anything that an operator can fix is reported in one line; only unexpected failures have a stack trace.
    static String words(Throwable failure) {
        return reason(failure).orElseGet(() -> {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString().stripTrailing();
        });
    }

    private static Optional<String> reason(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case PostgresFailure database -> database.getMessage();
                    case UnusableBackup backup -> backup.getMessage();
                    case Refusal refusal -> refusal.getMessage();
                    case UnusableCertificate certificate -> certificate.getMessage();
                    case CannotListen taken ->
                        taken.getMessage()
                                + " (the ports are chosen by ROSTER_PORT, ROSTER_HEALTH_PORT and ROSTER_ADMIN_PORT).";
                    case UncheckedIOException file ->
                        "The data folder, or a file in it, cannot be used: " + file.getCause();
                    default -> null;
                });
    }

    private static Settings settings() {
        try {
            return Settings.from(System.getenv());
        } catch (InvalidSettings invalid) {
            refuse(String.join(System.lineSeparator(), invalid.faults()));
            throw invalid;
        }
    }

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private static void refuse(String lines) {
        exit(MISUSED, lines, null);
    }

    private static void exit(int status, Throwable failure) {
        var reason = reason(failure);
        exit(status, reason.orElse(UNEXPECTED), reason.isPresent() ? null : failure);
    }

    private static void exit(int status, String lines, @Nullable Throwable unexpected) {
        Console.refuse(lines, unexpected);
        LogLines.end();
        if (Learning.isOn()) {
            Learning.halt(status);
        }
        System.exit(status);
    }
}
