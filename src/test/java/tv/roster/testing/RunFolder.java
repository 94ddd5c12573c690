package tv.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Where a run of the tests keeps what it writes: a folder of its own in `target/test-runs`, deleted when the run
/// ends. The next run deletes the folder of one that was killed, and ends the processes that are still at work in
/// it.
public final class RunFolder {
    private static final Path RUNS = Path.of("target", "test-runs").toAbsolutePath();
    private static final Deque<Runnable> AT_END = new ArrayDeque<>();
    private static final Path FOLDER;
    // The lock lasts as long as this process, however it ends; a run whose lock is free is over.
    private static final FileChannel LOCK;

    static {
        try {
            Files.createDirectories(RUNS);
            try (var guard = open(RUNS.resolve("lock"));
                    var _ = guard.lock()) {
                removeAbandoned();
                FOLDER = Files.createTempDirectory(
                        RUNS,
                        ProcessHandle.current().pid() + "-",
                        // Under root, PostgreSQL may run as another user, who has to get in.
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
                LOCK = open(FOLDER.resolve("lock"));
                LOCK.lock();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(RunFolder::end, "run-folder"));
    }

    private RunFolder() {}

    /// A path in the folder; nothing is made there.
    public static Path resolve(String name) {
        return FOLDER.resolve(name);
    }

    /// Closes a part when the run ends, before the folder is deleted: the last one first.
    public static void closeAtEnd(Runnable close) {
        synchronized (AT_END) {
            AT_END.push(close);
        }
    }

    private static void end() {
        synchronized (AT_END) {
            for (var close : AT_END) {
                try {
                    close.run();
                } catch (RuntimeException failure) {
                    System.err.println("Not closed: " + failure);
                }
            }
        }
        Deletion.of(FOLDER);
    }

    private static void removeAbandoned() throws IOException {
        try (var runs = Files.newDirectoryStream(RUNS, Files::isDirectory)) {
            for (var run : runs) {
                if (isOver(run)) {
                    ProcessHandle.allProcesses()
                            .filter(process -> worksIn(run, process))
                            .forEach(ProcessHandle::destroyForcibly);
                    Deletion.of(run);
                }
            }
        }
    }

    private static boolean isOver(Path run) throws IOException {
        try (var channel = open(run.resolve("lock"));
                FileLock lock = channel.tryLock()) {
            return lock != null;
        }
    }

    private static FileChannel open(Path lock) throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Read from /proc; on a system without it, no process is found.
    private static boolean worksIn(Path folder, ProcessHandle process) {
        try {
            return Path.of("/proc", String.valueOf(process.pid()), "cwd")
                    .toRealPath()
                    .startsWith(folder);
        } catch (IOException hiddenOrGone) {
            return false;
        }
    }

    /// JUnit's `@TempDir`s lie in the run's folder as well, so that they are deleted after a kill too.
    public static final class TempDirs implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            return Files.createTempDirectory(FOLDER, "junit-");
        }
    }
}
