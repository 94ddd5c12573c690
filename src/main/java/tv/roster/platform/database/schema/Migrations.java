package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;

/// Migrates the schema, forward only; several nodes may start at once.
public final class Migrations {
    static final String FOLDER = "db/migration";

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final Duration REPORT_PAUSE = Duration.ofSeconds(10);
    private static final int WAIT_FOR_OTHERS = -1;
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /// What a migration outside of a transaction leaves behind if it fails. It can run again.
    private static final String FORGET_FAILURES = "delete from flyway_schema_history where not success";

    private static final int MOST_ATTEMPTS = 300;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DatabaseRoles roles;
    private final DatabaseAddress address;
    private final Connection owner;
    private final Connection application;

    private Migrations(DatabaseRoles roles, Connection owner, Connection application) {
        this.roles = roles;
        this.address = roles.owner();
        this.owner = owner;
        this.application = application;
    }

    /// Waits until the database can be reached and accepts writes, for at most `patience`.
    ///
    /// @throws PostgresFailure with one line for the operator
    public static Migrations of(DatabaseRoles roles, Duration patience) {
        Connection application = new FirstContact(roles.application(), "ROSTER_DATABASE_URL").await(patience);
        if (!roles.areTwo()) {
            return new Migrations(roles, application, application);
        }
        Connection owner = new FirstContact(roles.owner(), "ROSTER_DATABASE_OWNER_URL").await(patience);
        return new Migrations(roles, owner, application);
    }

    /// Runs the missing migrations, once, and grants the application's role its rights. If another node is doing
    /// the same, waits until it has finished.
    ///
    /// @throws PostgresFailure with one line for the operator
    public void run() {
        try (application;
                var source = new JdbcSource(address, owner);
                var progress = new RepeatedTask(
                        "migrations", Migrations::reportProgress, LOG, "Progress could not be reported")) {
            if (roles.areTwo()) {
                refuseTwoDatabases();
            }
            progress.every(REPORT_PAUSE);
            if (migrate(source)) {
                admitApplication(source);
            }
        } catch (SQLException gone) {
            LOG.debug("A connection did not close", gone);
        }
    }

    private static void reportProgress() {
        LOG.info("The schema is still being migrated, by this node or another one");
    }

    /// Returns false if the schema is that of a newer server, which has also granted the rights: this one would grant
    /// others on tables that it does not know.
    private boolean migrate(JdbcSource source) {
        for (int attempt = 1; ; attempt++) {
            try {
                return migrateOnce(source);
            } catch (FlywayException failure) {
                if (attempt == MOST_ATTEMPTS || !isLocked(failure)) {
                    throw meaning(failure);
                }
                LOG.info("A migration could not lock a table within two seconds, and is attempted again");
                pause();
            }
        }
    }

    private boolean migrateOnce(JdbcSource source) {
        try {
            flyway(source).load().migrate();
            return true;
        } catch (FlywayValidateException unexpected) {
            var tolerant = flyway(source).ignoreMigrationPatterns("*:future").load();
            var history = tolerant.info();
            if (hasFailures(history)) {
                forgetFailures(source);
                return migrateOnce(source);
            }
            NewerSchema.of(history).ifPresent(this::judge);
            tolerant.validate();
            return false;
        }
    }

    private void judge(NewerSchema newer) {
        if (!newer.admitsThisServer()) {
            throw new PostgresFailure("The database " + place(address) + " " + newer.refusal()
                    + ". Start a newer server, or go back to a backup from before the migration.");
        }
        LOG.info(
                "The database {} has the schema of a newer Roster ({}), with which this one ({}) can run",
                place(address),
                newer.version(),
                newer.own());
    }

    private static boolean hasFailures(MigrationInfoService history) {
        return Arrays.stream(history.applied()).anyMatch(applied -> applied.getState() == MigrationState.FAILED);
    }

    private static void forgetFailures(JdbcSource source) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(FORGET_FAILURES);
        } catch (SQLException failure) {
            throw new FlywayException(SqlWords.of(failure), failure);
        }
    }

    private static boolean isLocked(FlywayException failure) {
        return cause(failure)
                .filter(cause -> LOCK_NOT_AVAILABLE.equals(cause.getSQLState()))
                .isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresFailure("Stopped while waiting for a lock.", interrupted);
        }
    }

    static FluentConfiguration flyway(JdbcSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + FOLDER)
                .javaMigrations(new EmailKeys(), new SearchIndex())
                .validateMigrationNaming(true)
                // Otherwise the migrations of a newer version would not be reported.
                .ignoreMigrationPatterns(new String[0])
                .callbacks(new LockTimeout())
                // Otherwise an index that is built while calls go on would wait for Flyway's own transaction.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .lockRetryCount(WAIT_FOR_OTHERS);
    }

    private void refuseTwoDatabases() {
        try {
            if (!ApplicationRole.meet(owner, application)) {
                throw new PostgresFailure(
                        "ROSTER_DATABASE_OWNER_URL and ROSTER_DATABASE_URL lead to different databases: "
                                + place(roles.owner()) + " and " + place(roles.application())
                                + ". Name the same database in both.");
            }
        } catch (SQLException failure) {
            throw new PostgresFailure(
                    "The database " + place(roles.owner()) + " cannot be used: " + SqlWords.of(failure), failure);
        }
    }

    /// Grants rights after each run, for the tables that it may have created.
    private void admitApplication(JdbcSource source) {
        try (var connection = source.getConnection()) {
            FeedOffset.check(connection);
            if (roles.areTwo()) {
                ApplicationRole.grant(connection, roles.application().user());
                ApplicationRole.check(application, roles.application());
            } else {
                ApplicationRole.check(connection, roles.application());
                ApplicationRole.warnOfSuperuser(connection, address);
            }
        } catch (SQLException failure) {
            throw new PostgresFailure(
                    "The database " + place(address) + " does not let " + address.user() + " grant "
                            + roles.application().user() + " the use of its tables: " + SqlWords.of(failure) + ". Let "
                            + address.user() + " own the tables and their schema.",
                    failure);
        }
    }

    static String place(DatabaseAddress address) {
        return address.database() + " at " + address.place();
    }

    private PostgresFailure meaning(FlywayException failure) {
        String database = "The database " + place(address);
        if (failure instanceof FlywayValidateException) {
            return new PostgresFailure(
                    database + " has a schema that is not Roster's: " + inOneLine(failure.getMessage()), failure);
        }
        return cause(failure)
                .map(cause -> INSUFFICIENT_PRIVILEGE.equals(cause.getSQLState())
                        ? new PostgresFailure(
                                database + " does not let " + address.user() + " bring the schema up to date: "
                                        + SqlWords.of(cause) + ". Let " + address.user()
                                        + " own its tables, and grant create on its schema; or name their owner in"
                                        + " ROSTER_DATABASE_OWNER_URL.",
                                failure)
                        : new PostgresFailure(
                                database + " could not be brought up to date: " + SqlWords.of(cause), failure))
                .orElseGet(() -> new PostgresFailure(
                        database + " could not be brought up to date: " + inOneLine(failure.getMessage()), failure));
    }

    private static Optional<SQLException> cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    static String inOneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " / ");
    }
}
