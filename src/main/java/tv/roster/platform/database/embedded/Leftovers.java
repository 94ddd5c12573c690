package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a killed server left behind: a PostgreSQL still running on our data, or the note of one that no longer does.
record Leftovers(Path cluster) {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration POLL = Duration.ofMillis(5);

    /// What a stop may take in all where nobody is in a hurry.
    static final Duration PATIENCE = Duration.ofSeconds(75);

    /// The part of it that the gentlest way gets; the rougher ones share the rest.
    private static final double GENTLE = 0.8;

    /// Ends every process of the cluster, the gentlest way first, and removes a note that is empty or names a
    /// stranger's process: PostgreSQL would take it for that of another postmaster, and refuse to start. Only the
    /// holder of the data folder's lock may call it.
    void clear() throws IOException {
        long noted = PostmasterFile.read(cluster).pid();
        Optional<ProcessHandle> postmaster = ProcessHandle.of(noted).filter(this::isOurs);
        if (postmaster.isPresent()) {
            LOG.info("A PostgreSQL of an earlier run is still there (process {}); stopping it", noted);
            end(postmaster.get(), PATIENCE);
        }
        // Backends outlive a killed postmaster until they next look up from their work.
        ProcessHandle.allProcesses().filter(this::worksInCluster).forEach(ProcessHandle::destroyForcibly);
        if (noted == 0
                || ProcessHandle.of(noted).filter(other -> !isOurs(other)).isPresent()) {
            Files.deleteIfExists(PostmasterFile.in(cluster));
        }
    }

    /// Stops a postmaster within a time: fast (open transactions are rolled back), then immediately (to be
    /// recovered), then hard, with all that works for it.
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
        // The shell's own kill is on every machine; the program of that name is not. Java itself only knows TERM
        // and KILL, and TERM would wait for every client to leave.
        new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Looks often: the JDK's own way takes over a second to see the end of a process that is not its child.
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

    /// One that has ended but was not yet asked for its status, as happens under a lazy init, runs no more.
    private static boolean isRunning(ProcessHandle process) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive()
                    && !status.substring(status.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException noSuchFolderHere) {
            return process.isAlive();
        }
    }

    /// Process numbers are used again: the process must be a postgres, and of this folder.
    private boolean isOurs(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        return worksInCluster(process) || (command.contains("postgres") && command.contains(cluster.toString()));
    }

    /// PostgreSQL's processes have the cluster as their working folder. Linux only; elsewhere nobody seems to.
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
