package tv.roster.platform.database.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;

/// What a migration of the schema would do, without doing it.
///
/// @param version the newest migration that the schema has; null if it is empty
/// @param newer   whether that is a migration of a newer server
public record PendingMigrations(
        DatabaseAddress address, @Nullable String version, boolean newer, List<Pending> pending) {

    /// A migration to come.
    ///
    /// @param statements empty if it is written in Java
    public record Pending(String version, String description, List<Statement> statements) {}

    /// A statement in one line, and what waits while it runs.
    public record Statement(String text, String lock) {}

    /// Reads the schema as its owner.
    ///
    /// @throws PostgresFailure with one line for the operator
    public static PendingMigrations of(DatabaseRoles roles, Duration patience) {
        var address = roles.owner();
        var setting = roles.areTwo() ? "ROSTER_DATABASE_OWNER_URL" : "ROSTER_DATABASE_URL";
        try (var source = new JdbcSource(address, new FirstContact(address, setting).await(patience))) {
            var history = Migrations.flyway(source).load().info();
            var newer = NewerSchema.of(history);
            newer.filter(schema -> !schema.admitsThisServer()).ifPresent(schema -> {
                throw new PostgresFailure("The database " + Migrations.place(address) + " " + schema.refusal() + ".");
            });
            var current = history.current();
            return new PendingMigrations(
                    address,
                    current == null ? null : String.valueOf(current.getVersion()),
                    newer.isPresent(),
                    Arrays.stream(history.all())
                            .filter(PendingMigrations::isToBeDone)
                            .map(PendingMigrations::pending)
                            .toList());
        } catch (SQLException failure) {
            throw unreadable(address, SqlWords.of(failure), failure);
        } catch (FlywayException failure) {
            throw unreadable(address, Migrations.inOneLine(failure.getMessage()), failure);
        }
    }

    /// One that has failed is attempted again.
    private static boolean isToBeDone(MigrationInfo migration) {
        return migration.getState() == MigrationState.PENDING || migration.getState() == MigrationState.FAILED;
    }

    private static Pending pending(MigrationInfo migration) {
        return new Pending(
                String.valueOf(migration.getVersion()),
                migration.getDescription(),
                SqlScript.statements(script(migration.getScript())).stream()
                        .map(text -> new Statement(text, StatementLock.of(text)))
                        .toList());
    }

    /// Empty for a migration in Java.
    private static String script(String name) {
        try (var file = PendingMigrations.class.getResourceAsStream("/" + Migrations.FOLDER + "/" + name)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresFailure unreadable(DatabaseAddress address, String reason, Exception cause) {
        return new PostgresFailure(
                "The schema of the database " + Migrations.place(address) + " cannot be read: " + reason, cause);
    }

    /// The database, for people.
    public String place() {
        return Migrations.place(address);
    }
}
