package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.database.schema.ApplicationRole;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.FirstContact;
import tv.roster.platform.database.schema.SqlWords;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.platform.files.PrivateFiles;

/// An embedded PostgreSQL on this machine, which runs as long as the server; if it dies, it is started again.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final long LOG_FILE_LIMIT = 10L << 20;
    private static final int ATTEMPTS = 50;
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(60);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final DataFolderLock lock;
    private final DatabaseRoles roles;
    private final Postmaster.Launch launch;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Postmaster postmaster;

    private EmbeddedPostgres(
            DataFolderLock lock, DatabaseRoles roles, Postmaster.Launch launch, Postmaster postmaster) {
        this.lock = lock;
        this.roles = roles;
        this.launch = launch;
        this.postmaster = postmaster;
    }

    /// How it runs. Without durability a crash can lose all data: only for tests.
    public record Options(boolean durable) {
        public static final Options DURABLE = new Options(true);
        public static final Options FOR_TESTS = new Options(false);
    }

    /// Starts PostgreSQL on the data folder and waits until it accepts connections; the first time, creates its
    /// data.
    ///
    /// @throws PostgresFailure with one line for the operator
    public static EmbeddedPostgres start(Path dataFolder, Options options) {
        try {
            Path folder = PrivateFiles.folder(dataFolder);
            DataFolderLock lock = DataFolderLock.take(folder);
            try {
                return start(folder, options, lock);
            } catch (IOException | InterruptedException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new PostgresFailure(
                    "The embedded PostgreSQL cannot be started in " + dataFolder.toAbsolutePath() + ": " + failure,
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresFailure("The start of the embedded PostgreSQL was interrupted.", interrupted);
        }
    }

    private static EmbeddedPostgres start(Path folder, Options options, DataFolderLock lock)
            throws IOException, InterruptedException {
        PostgresUser user = PostgresUser.choose(folder);
        PostgresBinaries binaries = PostgresBinaries.unpacked(foldersForBinaries(folder, user));
        PostgresCluster cluster = PostgresCluster.of(folder, binaries, user, options.durable());
        var launch = new Postmaster.Launch(binaries, user, cluster.folder(), freshLog(folder), options.durable());
        Path portFile = folder.resolve("postgresql-port");
        Started started = ready(launch, freePort(portFile));
        int port = started.port();
        PrivateFiles.write(portFile, port + "\n");
        var roles = DatabaseRoles.embedded(cluster.address(port));
        var running = new EmbeddedPostgres(lock, roles, launch, started.postmaster());
        try {
            running.createApplicationRole();
        } catch (RuntimeException failure) {
            // Stops PostgreSQL properly even if the start was interrupted.
            var _ = Thread.interrupted();
            started.postmaster().stop(Leftovers.PATIENCE);
            throw failure;
        }
        Thread.ofPlatform().daemon().name("postgresql-watcher").start(running::watch);
        return running;
    }

    private record Started(Postmaster postmaster, int port) {}

    /// Another program may take the port after it was found to be free, and what a killed server was about to start
    /// may still be ending.
    private static Started ready(Postmaster.Launch launch, int wanted) throws IOException, InterruptedException {
        int port = wanted;
        for (int attempt = 1; ; attempt++) {
            new Leftovers(launch.cluster()).clear();
            Postmaster postmaster = launch.at(port);
            try {
                postmaster.awaitReady();
                return new Started(postmaster, port);
            } catch (PostgresFailure failure) {
                String reason = String.valueOf(failure.getMessage());
                boolean passes = reason.contains("lock file") || reason.contains("shared memory block");
                boolean portTaken = reason.contains("TCP/IP sockets");
                if (attempt == ATTEMPTS || !(passes || portTaken)) {
                    throw failure;
                }
                port = portTaken ? anyFreePort() : port;
                Thread.sleep(FIRST_PAUSE_MILLIS);
            } catch (InterruptedException interrupted) {
                postmaster.stop(Leftovers.PATIENCE);
                throw interrupted;
            }
        }
    }

    /// On each start, so that data folders created by earlier versions get the role as well.
    private void createApplicationRole() {
        try (var superuser = new FirstContact(roles.owner(), "postgresql-password").await(FIRST_CONTACT)) {
            ApplicationRole.create(superuser, roles.application());
        } catch (SQLException failure) {
            throw new PostgresFailure(
                    "The embedded PostgreSQL does not allow creating a role: " + SqlWords.of(failure), failure);
        }
    }

    /// Its address for the superuser, who owns the tables; remains the same until it is closed.
    public DatabaseAddress address() {
        return roles.owner();
    }

    /// The roles that the server connects as.
    public DatabaseRoles roles() {
        return roles;
    }

    /// The current process.
    long pid() {
        return postmaster.pid();
    }

    /// Stops PostgreSQL and waits for it: open transactions are rolled back, committed ones are on disk.
    @Override
    public void close() {
        close(Leftovers.PATIENCE);
    }

    /// The same within a time limit. After that, PostgreSQL is killed, and recovers its data on the next start.
    public void close(Duration limit) {
        if (closing.getCount() == 0) {
            return;
        }
        synchronized (closing) {
            closing.countDown();
        }
        try {
            postmaster.stop(limit);
            lock.close();
        } catch (IOException failure) {
            LOG.warn("The embedded PostgreSQL could not be stopped; the next start will", failure);
        }
    }

    private void watch() {
        try {
            while (true) {
                int status = postmaster.awaitEnd();
                if (closing.getCount() == 0) {
                    return;
                }
                LOG.warn("PostgreSQL ended unexpectedly (status {}); starting it again", status);
                startAgain();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void startAgain() throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (closing.getCount() > 0) {
            try {
                new Leftovers(launch.cluster()).clear();
                synchronized (closing) {
                    if (closing.getCount() == 0) {
                        return;
                    }
                    postmaster = launch.at(roles.owner().port());
                }
                postmaster.awaitReady();
                LOG.info("PostgreSQL is running again");
                return;
            } catch (IOException | PostgresFailure failure) {
                LOG.warn("{}", failure.getMessage());
            }
            closing.await(pause, TimeUnit.MILLISECONDS);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /// The user's cache folder, so that data folders share the programs; otherwise next to the data.
    private static List<Path> foldersForBinaries(Path dataFolder, PostgresUser user) {
        List<Path> folders = new ArrayList<>();
        for (String cache : List.of(variable("XDG_CACHE_HOME", ""), variable("HOME", "/.cache"))) {
            if (cache.startsWith("/")) {
                try {
                    Path folder = Files.createDirectories(Path.of(cache, "roster"));
                    if (user.canEnter(folder)) {
                        folders.add(folder);
                    }
                } catch (IOException unwritable) {
                    LOG.debug("No cache in {}", cache, unwritable);
                }
            }
        }
        folders.add(dataFolder.resolve("postgresql-binaries"));
        return folders;
    }

    private static String variable(String name, String suffix) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? "" : value + suffix;
    }

    private static Path freshLog(Path folder) throws IOException {
        Path log = folder.resolve("postgresql.log");
        if (Files.exists(log) && Files.size(log) > LOG_FILE_LIMIT) {
            Files.move(log, folder.resolve("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            Files.createFile(log, PrivateFiles.FILE);
        }
        return log;
    }

    /// The port of the last run if it is free, so that addresses noted by an operator remain valid.
    private static int freePort(Path portFile) throws IOException {
        String kept = Files.exists(portFile) ? Files.readString(portFile).strip() : "";
        if (kept.matches("[1-9][0-9]{0,4}") && Integer.parseInt(kept) <= 65_535) {
            try (var socket = new ServerSocket(Integer.parseInt(kept), 1, loopback())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                LOG.debug("Port {} is taken", kept, taken);
            }
        }
        return anyFreePort();
    }

    private static int anyFreePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }
}
