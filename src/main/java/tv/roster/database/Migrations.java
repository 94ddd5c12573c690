package tv.roster.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema up to date, forward only; several nodes may start at once.
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final int TELL_EVERY_SECONDS = 10;
    private static final int WAIT_FOR_OTHERS = -1;
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final DatabaseAddress address;
    private final Connection first;

    private Migrations(DatabaseAddress address, Connection first) {
        this.address = address;
        this.first = first;
    }

    /// Waits until the database can be reached and takes writes, but no longer than `patience`.
    ///
    /// @throws PostgresFailure with one line for the operator
    public static Migrations of(DatabaseAddress address, Duration patience) {
        return new Migrations(address, new FirstContact(address, "ROSTER_DATABASE_URL").await(patience));
    }

    /// Runs those that are missing, once. For another node that does the same it waits as long as that takes.
    ///
    /// @throws PostgresFailure with one line for the operator
    public void run() {
        var teller = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("migrations").factory());
        try (var source = new JdbcSource(address, first)) {
            var _ = teller.scheduleAtFixedRate(
                    () -> LOG.info("The schema is still being brought up to date, here or by another node"),
                    TELL_EVERY_SECONDS,
                    TELL_EVERY_SECONDS,
                    TimeUnit.SECONDS);
            migrate(source);
        } catch (SQLException gone) {
            LOG.debug("A connection did not close", gone);
        } finally {
            teller.shutdownNow();
        }
    }

    private void migrate(JdbcSource source) {
        Flyway flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .javaMigrations(new EmailKeys())
                .validateMigrationNaming(true)
                // Otherwise the migrations of a newer Roster would be no fault.
                .ignoreMigrationPatterns(new String[0])
                .lockRetryCount(WAIT_FOR_OTHERS)
                .load();
        try {
            flyway.migrate();
        } catch (FlywayException failure) {
            throw meaning(failure, flyway);
        }
    }

    private PostgresFailure meaning(FlywayException failure, Flyway flyway) {
        String database = "The database " + address.database() + " at " + address.host() + ":" + address.port();
        if (failure instanceof FlywayValidateException) {
            return newest(flyway)
                    .map(version -> new PostgresFailure(database + " has the schema of a newer Roster (" + version
                            + "): start that one, or go back to a backup from before its first start."))
                    .orElseGet(() -> new PostgresFailure(
                            database + " has a schema that is not Roster's: " + inOneLine(failure.getMessage()),
                            failure));
        }
        return cause(failure)
                .map(cause -> INSUFFICIENT_PRIVILEGE.equals(cause.getSQLState())
                        ? new PostgresFailure(
                                database + " does not let " + address.user() + " bring the schema up to date: "
                                        + SqlWords.of(cause) + ". Let " + address.user()
                                        + " own its tables, and grant create on its schema.",
                                failure)
                        : new PostgresFailure(
                                database + " could not be brought up to date: " + SqlWords.of(cause), failure))
                .orElseGet(() -> new PostgresFailure(
                        database + " could not be brought up to date: " + inOneLine(failure.getMessage()), failure));
    }

    /// The newest migration that is done and not ours.
    private static Optional<String> newest(Flyway flyway) {
        return Arrays.stream(flyway.info().applied())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .map(MigrationInfo::getVersion)
                .map(String::valueOf)
                .reduce((one, next) -> next);
    }

    private static Optional<SQLException> cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static String inOneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " / ");
    }
}
