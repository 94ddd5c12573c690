package tv.roster.platform.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates and protects files that only their owner can read.
public final class PrivateFiles {
    /// For a new folder: `rwx------`.
    public static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /// For a new file: `rw-------`.
    public static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");
    private static final int STICKY = 01000;

    private PrivateFiles() {}

    /// Creates the folder if it does not exist. If it exists and belongs to this user, removes the permissions of
    /// other users for it and the files in it; a folder that many users share, such as `/tmp`, is not changed.
    /// Returns its real path.
    public static Path folder(Path folder) throws IOException {
        Path real = Files.createDirectories(folder, FOLDER).toRealPath();
        if (((Integer) Files.getAttribute(real, "unix:mode") & STICKY) != 0) {
            return real;
        }
        close(real);
        try (Stream<Path> entries = Files.list(real)) {
            for (Path file : (Iterable<Path>) entries::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    close(file);
                }
            }
        } catch (NoSuchFileException gone) {
            LOG.debug("A file was deleted in the meantime: {}", gone.getMessage());
        }
        return real;
    }

    private static void close(Path path) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        if (OWNERS.containsAll(rights)) {
            return;
        }
        if (!isOurs(path)) {
            LOG.warn("{} belongs to another user and is accessible to others: it should belong to the server's", path);
            return;
        }
        Set<PosixFilePermission> kept = EnumSet.copyOf(OWNERS);
        kept.retainAll(rights);
        Files.setPosixFilePermissions(path, kept);
    }

    /// Whether it belongs to the user of this process.
    public static boolean isOurs(Path path) throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Files.getAttribute(path, "unix:uid").equals(Files.getAttribute(self, "unix:uid"))
                : Files.getOwner(path).getName().equals(System.getProperty("user.name"));
    }

    /// Writes a file that only its owner can read. After a crash, it has either its old or its new content.
    public static void write(Path file, String text) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        Files.createDirectories(folder, FOLDER);
        Path half = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, FILE);
        Files.writeString(half, text, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    /// Writes the names in a folder to disk.
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
