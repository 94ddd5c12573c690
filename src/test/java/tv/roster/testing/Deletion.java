package tv.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;

/// Deletes folders of databases. A class of its own: threads that help a class initialise wait for it forever.
final class Deletion {
    private static final int AT_ONCE = 16;

    private Deletion() {}

    /// Deletes a folder with all that is in it; what something still writes to may remain.
    static void of(Path folder) {
        List<Path> paths;
        try (var walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException changing) {
            System.err.println("Not deleted: " + changing);
            return;
        }
        // A database has hundreds of files, and some disks take milliseconds for each.
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            paths.stream().filter(Files::isRegularFile).forEach(file -> threads.execute(() -> one(file)));
        }
        paths.forEach(Deletion::one);
    }

    private static void one(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException busy) {
            System.err.println("Not deleted: " + busy);
        }
    }
}
