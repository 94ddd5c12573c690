package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.database.session.PostgresFailure;

/// A run of PostgreSQL, from its start to its end.
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final int POLL_MILLIS = 2;
    private static final int TELL_EVERY_POLLS = 5_000;

    private final Process process;
    private final Path cluster;
    private final Path log;
    private final long logStart;

    private Postmaster(Process process, Path cluster, Path log, long logStart) {
        this.process = process;
        this.cluster = cluster;
        this.log = log;
        this.logStart = logStart;
    }

    /// Everything needed for a run except the port, which can differ between two runs.
    record Launch(PostgresBinaries binaries, PostgresUser user, Path cluster, Path log, boolean durable) {
        Postmaster at(int port) throws IOException {
            List<String> words =
                    new ArrayList<>(List.of(binaries.program("postgres").toString(), "-D", cluster.toString()));
            for (String setting : settings(port)) {
                words.addAll(List.of("-c", setting));
            }
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process = user.command(words, ParentWatch.STOP, null)
                    .directory(Folders.parent(cluster).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new Postmaster(process, cluster, log, logStart);
        }

        /// On the command line, where `postgresql.conf` cannot override them: the settings without which
        /// acknowledged writes could be lost, or strangers could connect.
        private List<String> settings(int port) {
            String safe = durable ? "on" : "off";
            return List.of(
                    "listen_addresses=127.0.0.1",
                    "port=" + port,
                    "unix_socket_directories=",
                    "password_encryption=scram-sha-256",
                    "fsync=" + safe,
                    "synchronous_commit=" + safe,
                    "full_page_writes=" + safe,
                    "shared_preload_libraries=pg_stat_statements",
                    "logging_collector=off",
                    "log_destination=stderr",
                    // An ERROR is reported to the client that sent the statement. In the log it would repeat users'
                    // data.
                    "log_min_messages=log",
                    "log_min_error_statement=panic",
                    "log_error_verbosity=terse",
                    "log_parameter_max_length=0",
                    "log_parameter_max_length_on_error=0");
        }
    }

    /// Waits until connections are accepted, including crash recovery if it is necessary.
    ///
    /// @throws PostgresFailure if PostgreSQL ends instead
    void awaitReady() throws IOException, InterruptedException {
        for (long polls = 1; !isReady(); polls++) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new PostgresFailure("PostgreSQL does not start: " + reason() + " (more in " + log + ")");
            }
            if (polls % TELL_EVERY_POLLS == 0) {
                LOG.info("PostgreSQL is recovering its data; waiting for it");
            }
        }
    }

    long pid() {
        return process.pid();
    }

    /// Waits for the end and returns the exit status.
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /// Stops it as gently as possible within the time limit.
    void stop(Duration limit) throws IOException {
        new Leftovers(cluster).end(process.toHandle(), limit);
    }

    private boolean isReady() throws IOException {
        PostmasterFile file = PostmasterFile.read(cluster);
        return file.ready() && file.pid() == process.pid();
    }

    private String reason() throws IOException {
        byte[] all = Files.readAllBytes(log);
        String ours = new String(all, (int) logStart, all.length - (int) logStart, StandardCharsets.UTF_8);
        return ours.lines()
                .filter(line -> line.contains("FATAL:"))
                .reduce((first, last) -> last)
                .map(line -> line.substring(line.indexOf("FATAL:") + "FATAL:".length())
                        .strip())
                .orElseGet(() -> ours.isBlank()
                        ? "exit status " + process.exitValue()
                        : ours.strip().lines().toList().getLast());
    }
}
