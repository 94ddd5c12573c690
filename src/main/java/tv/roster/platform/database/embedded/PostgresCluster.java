package tv.roster.platform.database.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.Password;
import tv.roster.platform.database.session.DatabaseAddress.SslMode;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.platform.files.PrivateFiles;

/// The folder with PostgreSQL's data, and the superuser's password.
record PostgresCluster(Path folder, Password password) {
    /// The name of the superuser and of the database.
    static final String NAME = "roster";

    /// The major version whose data the embedded programs can read.
    private static final String MAJOR = "18";

    private static final String HALF_MADE = "postgresql.new";

    /// Tests run many clusters at the same time.
    private static final long SMALL_MACHINE_MB = 1024;

    /// PostgreSQL recommends a quarter of the memory ("Resource Consumption"); higher values have not been tested.
    private static final long MOST_BUFFERS_MB = 8192;

    /// The initial settings, in addition to those that depend on the machine's memory. An operator can change them
    /// afterwards in `postgresql.conf`.
    private static final List<String> TUNING = List.of(
            "maintenance_work_mem=128MB",
            "max_connections=100",
            "max_wal_size=2GB",
            "min_wal_size=256MB",
            "wal_compression=on",
            "random_page_cost=1.1",
            "jit=off");

    /// Opens the cluster of the data folder, or creates it; after a crash during the creation, it does not exist.
    static PostgresCluster of(Path dataFolder, PostgresBinaries binaries, PostgresUser user, boolean durable)
            throws IOException, InterruptedException {
        Path folder = folder(dataFolder);
        Path secret = secret(dataFolder);
        forgetHalfMade(dataFolder);
        if (Files.exists(folder)) {
            checkRelease(folder);
            user.own(folder);
        } else {
            PrivateFiles.write(secret, randomPassword());
            Path half = Files.createTempDirectory(dataFolder, HALF_MADE, PrivateFiles.FOLDER);
            make(half, secret, new Programs(binaries, user, half, durable));
            Files.move(half.resolve("data"), folder, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(half);
            PrivateFiles.force(dataFolder);
        }
        return existing(dataFolder);
    }

    /// The cluster of the data folder as it is, running or not.
    static PostgresCluster existing(Path dataFolder) throws IOException {
        Path folder = folder(dataFolder);
        Path secret = secret(dataFolder);
        if (!Files.exists(secret)) {
            throw new PostgresFailure("The password of the embedded PostgreSQL is missing: bring " + secret
                    + " back from the backup that has " + folder + ".");
        }
        return new PostgresCluster(folder, new Password(Files.readString(secret).strip()));
    }

    static Path folder(Path dataFolder) {
        return dataFolder.resolve("postgresql");
    }

    /// The file with the superuser's password. It belongs to the user who runs the server.
    static Path secret(Path dataFolder) {
        return dataFolder.resolve("postgresql-password");
    }

    /// The superuser's address while it runs on this port.
    DatabaseAddress address(int port) {
        return new DatabaseAddress("127.0.0.1", port, NAME, NAME, password, SslMode.DISABLE);
    }

    /// Deletes what a start left that was killed while it created the data. One of its programs may still be
    /// ending.
    private static void forgetHalfMade(Path dataFolder) throws IOException {
        try (var halves = Files.newDirectoryStream(dataFolder, HALF_MADE + "*")) {
            for (Path half : halves) {
                Folders.deleteIfPossible(half);
            }
        }
    }

    /// The memory of the machine, or of the container.
    private static long memoryMegabytes() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() >> 20;
    }

    private static void checkRelease(Path folder) throws IOException {
        Path file = folder.resolve("PG_VERSION");
        String release = Files.exists(file) ? Files.readString(file).strip() : "";
        if (!release.equals(MAJOR)) {
            String found = release.isEmpty() ? "no data of PostgreSQL" : "data of PostgreSQL " + release;
            throw new PostgresFailure(folder + " holds " + found + ", but the embedded one is release " + MAJOR
                    + ": bring the folder back from a backup, or dump and reload it.");
        }
    }

    private static void make(Path half, Path secret, Programs programs) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(half.resolve("data"), PrivateFiles.FOLDER);
        Path password = half.resolve("password");
        PrivateFiles.write(password, Files.readString(secret));
        Path statements = Files.writeString(half.resolve("statements"), "create database " + NAME + "\n");
        programs.user().own(half);
        List<String> words = new ArrayList<>(List.of(
                "initdb",
                "--pgdata=" + folder,
                "--username=" + NAME,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorts and folds in the same way on every machine, regardless of the version of its C library.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C"));
        TUNING.forEach(setting -> words.add("--set=" + setting));
        long memory = programs.durable() ? memoryMegabytes() : SMALL_MACHINE_MB;
        words.add("--set=shared_buffers=" + Math.clamp(memory / 4, 128, MOST_BUFFERS_MB) + "MB");
        words.add("--set=effective_cache_size=" + memory / 2 + "MB");
        if (!programs.durable()) {
            words.add("--no-sync");
            // The servers of many tests share a cluster.
            words.add("--set=max_connections=500");
        }
        programs.run(words, null);
        List<String> single = new ArrayList<>(List.of("postgres", "--single", "-D", folder.toString()));
        if (!programs.durable()) {
            single.addAll(List.of("-c", "fsync=off"));
        }
        single.add("postgres");
        programs.run(single, statements);
    }

    private static String randomPassword() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret) + "\n";
    }

    private record Programs(PostgresBinaries binaries, PostgresUser user, Path folder, boolean durable) {
        /// Runs a program to its end with the file as its input; if it fails, the exception contains its output.
        void run(List<String> words, @Nullable Path input) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(words);
            command.set(0, binaries.program(words.getFirst()).toString());
            Process process = user.command(command, ParentWatch.KILL, input)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // In single-user mode, the exit status does not show the failure of a statement.
            if (process.waitFor() != 0 || output.contains("ERROR:") || output.contains("FATAL:")) {
                throw new PostgresFailure(
                        words.getFirst() + " failed: " + output.strip().replaceAll("\\s*\\R\\s*", " / "));
            }
        }
    }
}
