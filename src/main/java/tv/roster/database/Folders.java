package tv.roster.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What the embedded PostgreSQL does with folders and files beyond what the JDK has.
final class Folders {
    private Folders() {}

    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "path is a root");
    }

    /// Deletes the folder with all that is in it, if it is there.
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    /// Writes a file only its owner can read; after a crash it is there whole or not at all.
    static void writeSecret(Path file, String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, text, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
