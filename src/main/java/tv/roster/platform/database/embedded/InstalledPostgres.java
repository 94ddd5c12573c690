package tv.roster.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.session.PostgresFailure;
import tv.roster.platform.files.PrivateFiles;

/// The embedded PostgreSQL of an installation, for the duration of a command: that of the server which uses the data
/// folder, or, if there is none, one that runs only for the command.
public final class InstalledPostgres implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final DatabaseRoles roles;
    private final @Nullable EmbeddedPostgres started;

    private InstalledPostgres(DatabaseRoles roles, @Nullable EmbeddedPostgres started) {
        this.roles = roles;
        this.started = started;
    }

    /// Never creates an installation.
    ///
    /// @param patience how long to wait for the PostgreSQL of a server that is starting
    /// @throws PostgresFailure with one line for the operator
    public static InstalledPostgres in(Path dataFolder, Duration patience) {
        if (!Files.exists(PostgresCluster.folder(dataFolder).resolve("PG_VERSION"))) {
            throw new PostgresFailure("There is no installation in " + dataFolder.toAbsolutePath()
                    + ", at least none that this user can read. Name its data folder in ROSTER_DATA, or its database"
                    + " in ROSTER_DATABASE_URL.");
        }
        try {
            return DataFolderLock.isHeld(dataFolder) ? running(dataFolder, patience) : started(dataFolder);
        } catch (IOException failure) {
            throw new PostgresFailure(
                    "The data folder " + dataFolder.toAbsolutePath() + " cannot be used: " + failure, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresFailure("Stopped while waiting for the embedded PostgreSQL.", interrupted);
        }
    }

    private static InstalledPostgres running(Path dataFolder, Duration patience)
            throws IOException, InterruptedException {
        var cluster = PostgresCluster.existing(dataFolder);
        long start = System.nanoTime();
        while (true) {
            var postmaster = PostmasterFile.read(cluster.folder());
            if (postmaster.ready()) {
                return new InstalledPostgres(DatabaseRoles.embedded(cluster.address(postmaster.port())), null);
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new PostgresFailure("A server uses the data folder " + dataFolder.toAbsolutePath()
                        + ", but its PostgreSQL is not ready after " + patience.toSeconds() + " s; its log is "
                        + dataFolder.toAbsolutePath().resolve("postgresql.log") + ".");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /// Only as the user who runs the server: otherwise its files would belong to another user afterwards.
    private static InstalledPostgres started(Path dataFolder) throws IOException {
        Path secret = PostgresCluster.secret(dataFolder);
        if (Files.exists(secret) && !PrivateFiles.isOurs(secret)) {
            throw new PostgresFailure("The data folder " + dataFolder.toAbsolutePath() + " belongs to the user "
                    + Files.getOwner(secret).getName()
                    + ": run the command as that user, or while the server is running.");
        }
        var embedded = EmbeddedPostgres.start(dataFolder, EmbeddedPostgres.Options.DURABLE);
        return new InstalledPostgres(embedded.roles(), embedded);
    }

    /// The roles to connect as.
    public DatabaseRoles roles() {
        return roles;
    }

    /// Stops PostgreSQL if it runs only for the command.
    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }
}
