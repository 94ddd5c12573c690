package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.PostgresFailure;

/// The first connection of a start: waits for a database that is not yet available, and rejects one that cannot be
/// used.
public final class FirstContact {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration TELL_EVERY = Duration.ofSeconds(10);
    private static final int CONNECT_SECONDS = 2;
    private static final int ANSWER_SECONDS = 5;
    private static final int OLDEST = 15;

    private final DatabaseAddress address;
    private final String setting;
    private final String place;

    /// `setting` is where the operator specified the address.
    public FirstContact(DatabaseAddress address, String setting) {
        this.address = address;
        this.setting = setting;
        this.place = address.place();
    }

    /// Returns an open connection to a database that accepts writes.
    ///
    /// @throws PostgresFailure if it cannot be used, or is not available within `patience`
    public Connection await(Duration patience) {
        long start = System.nanoTime();
        long told = start;
        for (boolean first = true; ; first = false) {
            try {
                return open();
            } catch (NotYet notYet) {
                long now = System.nanoTime();
                if (now - start >= patience.toNanos()) {
                    throw new PostgresFailure("No database at " + place + " after " + patience.toSeconds() + " s: "
                            + notYet.getMessage() + ". Start it, or correct " + setting
                            + "; ROSTER_DATABASE_WAIT is how long a start waits for it.");
                }
                if (first || now - told >= TELL_EVERY.toNanos()) {
                    told = now;
                    LOG.warn("Waiting for the database at {}: {}", place, notYet.getMessage());
                }
                pause();
            }
        }
    }

    private Connection open() throws NotYet {
        try {
            Connection connection = source().getConnection();
            try {
                check(connection);
                connection.setNetworkTimeout(Runnable::run, 0);
                return connection;
            } catch (SQLException | RuntimeException | NotYet failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw meaning(failure);
        }
    }

    private JdbcSource source() {
        var source = new JdbcSource(address, null);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSslResponseTimeout(1000 * CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        // Every session of the server has limits of its own, which poolers such as PgBouncer do not pass on.
        source.setOptions("-c idle_session_timeout=0");
        return source;
    }

    private void check(Connection connection) throws SQLException, NotYet {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select current_setting('server_version_num')::int / 10000 as release,
                            current_setting('server_version') as version,
                            current_setting('server_encoding') as encoding,
                            pg_is_in_recovery() as standby,
                            current_setting('transaction_read_only') = 'on' as read_only""")) {
            row.next();
            if (row.getInt("release") < OLDEST) {
                throw new PostgresFailure("The PostgreSQL at " + place + " is " + row.getString("version")
                        + ", but Roster needs release " + OLDEST + " or newer.");
            }
            if (!row.getString("encoding").equals("UTF8")) {
                throw new PostgresFailure("The database " + address.database() + " at " + place + " has the encoding "
                        + row.getString("encoding") + ", but Roster needs UTF8: create database "
                        + address.database() + " encoding 'UTF8' template template0.");
            }
            if (row.getBoolean("standby")) {
                throw new NotYet("it is a standby, which accepts no writes until it is promoted");
            }
            if (row.getBoolean("read_only")) {
                throw new NotYet("it accepts no writes (default_transaction_read_only)");
            }
        }
    }

    /// Returns [NotYet] for conditions that can change on their own; throws for those that only an operator can
    /// change.
    private NotYet meaning(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (String.valueOf(failure.getMessage()).contains("unsupported startup parameter")) {
            throw new PostgresFailure(
                    "At " + place + " is a pooler such as PgBouncer, which does not pass on the time limits of Roster's"
                            + " sessions: name PostgreSQL itself in " + setting + ". Roster shares few connections"
                            + " among all calls and needs no pooler.",
                    failure);
        }
        boolean comes = state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
        boolean isAnothersCertificate = String.valueOf(failure.getMessage()).contains("hostnameverifier");
        if (comes
                && !state.equals("08004")
                && !(failure.getCause() instanceof SSLException)
                && !isAnothersCertificate) {
            return new NotYet(SqlWords.of(failure));
        }
        String advice = switch (state) {
            case "28P01", "28000" -> "correct the user and the password in " + setting + ", or pg_hba.conf there";
            case "3D000" -> "create database " + address.database() + " encoding 'UTF8' template template0";
            case "42501" -> "grant connect on database " + address.database() + " to " + address.user();
            default -> "correct " + setting;
        };
        throw new PostgresFailure(
                "The database at " + place + " refuses " + address.user() + ": " + SqlWords.of(failure) + ": " + advice
                        + ".",
                failure);
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresFailure("Stopped while waiting for the database at " + place + ".", interrupted);
        }
    }

    private static final class NotYet extends Exception {
        NotYet(String reason) {
            super(reason, null, false, false);
        }
    }
}
