package tv.roster.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import tv.roster.platform.database.session.DatabaseAddress;

/// Connections beside those of servers, kept for the next statement: to open one costs PostgreSQL more than most
/// statements do. Those used last are kept.
final class IdleConnections {
    private static final int MOST = 6;
    private static final Deque<Idle> IDLE = new ArrayDeque<>();

    private IdleConnections() {}

    private record Idle(DatabaseAddress address, Connection connection) {}

    /// Work with a connection that commits each statement.
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Does the work, a second time with a new connection if the kept one was ended meanwhile.
    static <T> T with(DatabaseAddress address, Work<T> work) throws SQLException {
        var kept = take(address);
        if (kept != null) {
            try {
                var result = work.run(kept);
                keep(address, kept);
                return result;
            } catch (SQLException e) {
                boolean isAlive = kept.isValid(1);
                kept.close();
                if (isAlive) {
                    throw e;
                }
            }
        }
        var connection = connect(address);
        try {
            var result = work.run(connection);
            keep(address, connection);
            return result;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.user(), address.password().value());
    }

    private static Connection take(DatabaseAddress address) {
        synchronized (IDLE) {
            for (Iterator<Idle> all = IDLE.iterator(); all.hasNext(); ) {
                var idle = all.next();
                if (idle.address().equals(address)) {
                    all.remove();
                    return idle.connection();
                }
            }
            return null;
        }
    }

    private static void keep(DatabaseAddress address, Connection connection) throws SQLException {
        Idle oldest;
        synchronized (IDLE) {
            IDLE.addFirst(new Idle(address, connection));
            oldest = IDLE.size() > MOST ? IDLE.removeLast() : null;
        }
        if (oldest != null) {
            oldest.connection().close();
        }
    }
}
