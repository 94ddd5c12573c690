package tv.roster.tenants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.access.ApiKeySecret;
import tv.roster.access.Scope;
import tv.roster.installation.InstallationSecret;
import tv.roster.installation.InstallationSecretsTable;
import tv.roster.platform.database.Database;
import tv.roster.platform.files.PrivateFiles;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.Ids;

/// The first data of a new installation: its secret, an admin key, and on request a tenant `demo` with a key.
public final class FirstStart {
    private final Database database;
    private final Path dataFolder;
    private final Ids ids;
    private final InstantSource clock;

    public FirstStart(Database database, Path dataFolder, Ids ids, InstantSource clock) {
        this.database = database;
        this.dataFolder = dataFolder;
        this.ids = ids;
        this.clock = clock;
    }

    public Path demoKeyFile() {
        return dataFolder.resolve("demo-key");
    }

    public Path adminKeyFile() {
        return dataFolder.resolve("admin-key");
    }

    /// What was created.
    ///
    /// @param demo the key of the tenant `demo`; null if there is none
    public record Created(@Nullable ApiKeySecret demo) {}

    /// Whether the database has the first data of an installation.
    public static boolean isInstalled(Statements statements) {
        return FirstStartTable.isInstalled(statements);
    }

    /// Creates all of it, once for each database; empty on later starts.
    public Optional<Created> run(boolean withDemo) {
        if (isInstalled(database)) {
            return Optional.empty();
        }
        var demo = withDemo ? ApiKeySecret.random() : null;
        var admin = ApiKeySecret.random();
        // The files first: a crash in between costs two files that the next start writes again, never the only
        // keys.
        if (demo != null) {
            keep(demoKeyFile(), demo);
        }
        keep(adminKeyFile(), admin);
        boolean first = database.inTransaction(transaction -> {
            long now = clock.instant().getEpochSecond();
            if (!InstallationSecretsTable.install(transaction, InstallationSecret.random(), now)) {
                return false;
            }
            if (demo != null) {
                addDemo(transaction, demo, now);
            }
            FirstStartTable.addKey(transaction, ids.next(), null, "First admin key", admin, Set.of(Scope.ADMIN), now);
            return true;
        });
        if (!first) {
            // Another node was faster; its files contain the keys.
            forget(demoKeyFile());
            forget(adminKeyFile());
            return Optional.empty();
        }
        return Optional.of(new Created(demo));
    }

    private void addDemo(Statements transaction, ApiKeySecret key, long now) {
        var tenant = ids.next();
        FirstStartTable.addTenant(transaction, tenant, "demo", "Demo", now);
        var scopes = Set.of(
                Scope.USERS_READ,
                Scope.USERS_WRITE,
                Scope.CREDENTIALS_VERIFY,
                Scope.BULK,
                Scope.EVENTS_READ,
                Scope.WEBHOOKS,
                Scope.PRIVACY);
        FirstStartTable.addKey(transaction, ids.next(), tenant, "Demo", key, scopes, now);
    }

    private static void keep(Path file, ApiKeySecret key) {
        try {
            PrivateFiles.write(file, key.value() + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
