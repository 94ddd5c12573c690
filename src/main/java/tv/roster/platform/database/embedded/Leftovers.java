package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a killed server left behind: a PostgreSQL that still runs on the data, or the `postmaster.pid` of one that
/// does not.
record Leftovers(Path cluster) {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration POLL = Duration.ofMillis(5);

    /// The time limit of a stop when nothing else limits it.
    static final Duration PATIENCE = Duration.ofSeconds(75);

    /// The fraction of the time for a fast shutdown; the harsher signals share the rest.
    private static final double GENTLE = 0.8;

    /// Ends every process of the cluster, the gentlest way first, and deletes a `postmaster.pid` that is empty or
    /// names an unrelated process: PostgreSQL would assume another postmaster and refuse to start. The caller must
    /// hold the lock of the data folder.
    void clear() throws IOException {
        long noted = PostmasterFile.read(cluster).pid();
        Optional<ProcessHandle> postmaster = ProcessHandle.of(noted).filter(this::isOurs);
        if (postmaster.isPresent()) {
            LOG.info("A PostgreSQL of an earlier run is still running (process {}); stopping it", noted);
            end(postmaster.get(), PATIENCE);
        }
        // Backends outlive a killed postmaster until they next check for it.
        ProcessHandle.allProcesses().filter(this::worksInCluster).forEach(ProcessHandle::destroyForcibly);
        if (noted == 0
                || ProcessHandle.of(noted).filter(other -> !isOurs(other)).isPresent()) {
            Files.deleteIfExists(PostmasterFile.in(cluster));
        }
    }

    /// Stops a postmaster within a time limit: with a fast shutdown (open transactions are rolled back), then an
    /// immediate one (which requires recovery), and finally by killing it with all of its processes.
    void end(ProcessHandle postmaster, Duration limit) throws IOException {
        if (!isRunning(postmaster)) {
            return;
        }
        var gentle = Duration.ofNanos((long) (limit.toNanos() * GENTLE));
        var rough = limit.minus(gentle).dividedBy(2);
        signal(postmaster, "INT");
        if (!endsWithin(postmaster, gentle)) {
            LOG.warn("PostgreSQL does not stop; its data will be recovered at the next start");
            signal(postmaster, "QUIT");
            if (!endsWithin(postmaster, rough)) {
                postmaster.destroyForcibly();
                ProcessHandle.allProcesses().filter(this::worksInCluster).forEach(ProcessHandle::destroyForcibly);
                endsWithin(postmaster, rough);
            }
        }
    }

    private static void signal(ProcessHandle process, String name) throws IOException {
        // Every machine has the shell's built-in kill, but not the program of that name. Java can only send TERM
        // and KILL, and TERM would wait until all clients have disconnected.
        new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Polls frequently, since the JDK takes over a second to notice the end of a process that is not its child.
    private static boolean endsWithin(ProcessHandle process, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (isRunning(process)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /// A zombie, which an init process may leave for a while, is not running.
    private static boolean isRunning(ProcessHandle process) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive()
                    && !status.substring(status.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException noSuchFolderHere) {
            return process.isAlive();
        }
    }

    /// Process ids are reused, so the process must be a postgres of this folder.
    private boolean isOurs(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        return worksInCluster(process) || (command.contains("postgres") && command.contains(cluster.toString()));
    }

    /// The working folder of PostgreSQL's processes is the cluster. Linux only; elsewhere, returns false.
    private boolean worksInCluster(ProcessHandle process) {
        if (!process.info().command().orElse("").contains("postgres")) {
            return false;
        }
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), cluster);
        } catch (IOException hiddenOrGone) {
            return false;
        }
    }
}
