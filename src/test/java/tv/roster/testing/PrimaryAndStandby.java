package tv.roster.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;
import tv.roster.platform.database.session.DatabaseAddress.SslMode;

/// Two servers of the machine's PostgreSQL: a primary, and a standby that has everything which the primary has
/// confirmed (synchronous replication).
public final class PrimaryAndStandby implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "roster";
    private static final String PASSWORD = "test";

    private final Path programs;
    private final List<String> prefix;
    private final Path folder;
    private final int primaryPort = FreePort.find();
    private final int standbyPort = FreePort.find();
    private final Process primary;
    private final Process standby;

    public PrimaryAndStandby(Path folder) {
        this.programs = programs();
        // PostgreSQL does not run as root.
        this.prefix = System.getProperty("user.name").equals("root") ? List.of("unshare", "--user") : List.of();
        this.folder = folder;
        var data = folder.resolve("primary");
        var password = write(folder.resolve("password"), PASSWORD);
        run(
                "initdb",
                "-D",
                data.toString(),
                "-U",
                NAME,
                "--encoding=UTF8",
                "--locale=C",
                "--auth=scram-sha-256",
                "--pwfile=" + password);
        configure(data, primaryPort);
        primary = start(data);
        execute(primaryPort, "select 1");
        execute(primaryPort, "create database roster");
        var copy = folder.resolve("standby");
        run(
                "pg_basebackup",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(primaryPort),
                "-U",
                NAME,
                "-D",
                copy.toString(),
                "-R",
                "-X",
                "stream",
                "-c",
                "fast");
        configure(copy, standbyPort);
        standby = start(copy);
        execute(standbyPort, "select 1");
        execute(primaryPort, "alter system set synchronous_standby_names = '*'");
        execute(primaryPort, "select pg_reload_conf()");
        await().atMost(PATIENCE)
                .until(() -> "sync"
                        .equals(TestPostgres.value(
                                address(primaryPort), "select sync_state from pg_stat_replication")));
    }

    /// Skips the test where the machine has no PostgreSQL, but for CI, where nothing may be missing.
    private static Path programs() {
        try (var versions = Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
            for (var version : versions) {
                if (Files.isExecutable(version.resolve("bin/pg_basebackup"))) {
                    return version.resolve("bin");
                }
            }
        } catch (IOException none) {
            // Missing, as below.
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError("PostgreSQL is missing on this machine; .ci/prepare installs it");
        }
        Assumptions.abort("PostgreSQL is missing on this machine");
        throw new IllegalStateException();
    }

    private static void configure(Path data, int port) {
        write(data.resolve("postgresql.auto.conf"), """
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                port = %d
                fsync = off
                shared_buffers = 16MB
                """.formatted(port));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String program, String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(String program, String... arguments) {
        var run = Program.run(folder, Map.of("PGPASSWORD", PASSWORD), command(program, arguments));
        if (run.status() != 0) {
            throw new AssertionError(program + ": " + run.output());
        }
    }

    private Process start(Path data) {
        try {
            return new ProcessBuilder(command("postgres", "-D", data.toString()))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(data.getFileName() + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatabaseAddress address(int port) {
        var database = "postgres";
        return new DatabaseAddress("127.0.0.1", port, database, NAME, new Password(PASSWORD), SslMode.DISABLE);
    }

    /// Waits for the server if it does not accept connections yet.
    private static void execute(int port, String sql) {
        await().atMost(PATIENCE).until(() -> {
            try (var connection = TestPostgres.connect(address(port));
                    var statement = connection.createStatement()) {
                statement.execute(sql);
                return true;
            } catch (SQLException notYet) {
                if (String.valueOf(notYet.getSQLState()).startsWith("42")) {
                    throw new AssertionError(notYet);
                }
                return false;
            }
        });
    }

    /// What `ROSTER_DATABASE_URL` takes for both, the standby first.
    public String url() {
        return "postgresql://%s:%s@127.0.0.1:%d,127.0.0.1:%d/roster?sslmode=disable&target_session_attrs=read-write"
                .formatted(NAME, PASSWORD, standbyPort, primaryPort);
    }

    /// The primary ends without a word, as if its machine had failed.
    public void killPrimary() {
        primary.descendants().forEach(ProcessHandle::destroyForcibly);
        primary.destroyForcibly();
        end(primary);
    }

    /// Makes the standby the primary.
    public void promote() {
        execute(standbyPort, "select pg_promote()");
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        for (var process : List.of(primary, standby)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            end(process);
        }
    }
}
