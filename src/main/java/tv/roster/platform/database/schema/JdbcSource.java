package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import tv.roster.platform.database.session.DatabaseAddress;

/// Connections for a start, which waits for each reply; the first request gets the connection that is open already.
final class JdbcSource extends PGSimpleDataSource implements AutoCloseable {
    private final transient AtomicReference<@Nullable Connection> open;

    JdbcSource(DatabaseAddress address, @Nullable Connection open) {
        this.open = new AtomicReference<>(open);
        setUrl(address.jdbcUrl());
        setUser(address.user());
        setPassword(address.password().value());
        setApplicationName("roster start");
        setTcpKeepAlive(true);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection first = open.getAndSet(null);
        return first == null ? super.getConnection() : first;
    }

    @Override
    public void close() throws SQLException {
        Connection unused = open.getAndSet(null);
        if (unused != null) {
            unused.close();
        }
    }
}
