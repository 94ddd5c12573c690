package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.PostgresFailure;

/// Allows one server for each data folder: a lock that the operating system releases when the process ends for any
/// reason.
final class DataFolderLock implements AutoCloseable {
    /// POSIX releases a process's lock as soon as any of its channels on the file is closed, so a second server in
    /// this process must not even open the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private DataFolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// @throws PostgresFailure if another server uses the folder
    static DataFolderLock take(Path dataFolder) throws IOException {
        Path folder = dataFolder.toRealPath();
        if (!HELD_HERE.add(folder)) {
            throw inUse(folder, ProcessHandle.current().pid() + "");
        }
        try {
            return locked(folder);
        } catch (IOException | RuntimeException failure) {
            HELD_HERE.remove(folder);
            throw failure;
        }
    }

    /// Whether a server uses the folder.
    static boolean isHeld(Path dataFolder) throws IOException {
        Path file = dataFolder.toRealPath().resolve("lock");
        if (HELD_HERE.contains(dataFolder.toRealPath())) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    private static DataFolderLock locked(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock == null) {
                throw inUse(folder, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new DataFolderLock(folder, channel);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static PostgresFailure inUse(Path folder, String process) {
        String who = process.matches("[0-9]{1,10}") ? " (process " + process + ")" : "";
        return new PostgresFailure("The data folder " + folder + " is in use by another Roster server" + who
                + ": stop that one, or name another folder in ROSTER_DATA.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(folder);
    }
}
