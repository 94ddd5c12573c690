package tv.roster.platform.database.session;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionBase;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.DatabaseAddress.Host;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.eventloop.Loop;
import tv.roster.platform.sql.Sql;

/// Opens connections to PostgreSQL, each within two seconds or not at all. A failed attempt leaves no socket open:
/// each has its own client, which is closed with everything that belongs to it.
public final class Connector {
    static final int TIMEOUT_MS = 2_000;

    /// A peer that has acknowledged nothing for this long is considered gone, even while TCP retransmits.
    private static final int UNACKNOWLEDGED_MS = 10_000;

    private static final int KEEPALIVE_IDLE_SECONDS = 5;
    private static final int KEEPALIVE_INTERVAL_SECONDS = 2;
    private static final int KEEPALIVE_PROBES = 3;

    /// The maximum number of statements in one write: those of one turn of the event loop.
    private static final int FLUSH_AFTER = 256;

    private static final int PREPARED_STATEMENTS = 512;
    private static final int PIPELINING_LIMIT = 128;

    /// libpq's check for `target_session_attrs=primary`. Some sessions of a primary are read-only by choice.
    private static final String IS_STANDBY = "select pg_is_in_recovery()";

    private final VertxInternal vertx;
    private final ByteBufAllocator buffers;
    private final DatabaseAddress address;
    private final List<Server> servers;

    /// The server that the last connection led to, where the next attempt begins.
    private volatile int latest;

    public Connector(EventLoops loops, DatabaseAddress address) {
        this.vertx = (VertxInternal) loops.vertx();
        this.buffers = loops.buffers();
        this.address = address;
        this.servers = address.hosts().stream()
                .map(host -> new Server(host, new TlsMemory(address.sslMode(), System::nanoTime)))
                .toList();
    }

    private record Server(Host host, TlsMemory tls) {}

    /// A connection, and what must be closed with it.
    public record Opened(PgConnection connection, Channel channel, PgConnectionFactory client) {}

    /// Connects on a loop, and passes the connection or the cause of the failure to `then` on the same loop. Of
    /// several servers, the first one counts that accepts writes. Can be called from any thread.
    public void connect(
            Loop loop, String name, Map<String, String> properties, BiConsumer<@Nullable Opened, Throwable> then) {
        loop.netty().execute(() -> attempt(loop, options(name, properties), latest, servers.size(), then));
    }

    private PgConnectOptions options(String name, Map<String, String> properties) {
        var options = new PgConnectOptions()
                .setDatabase(address.database())
                .setUser(address.user())
                .setPassword(address.password().value())
                .setPipeliningLimit(PIPELINING_LIMIT);
        options.setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
                .setPreparedStatementCacheSqlLimit(Integer.MAX_VALUE)
                .setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(Sql.PLANNED_EACH_TIME))
                .addProperty("application_name", name);
        properties.forEach(options::addProperty);
        return options;
    }

    /// Tries this server, then the others in turn.
    private void attempt(
            Loop loop, PgConnectOptions options, int index, int left, BiConsumer<@Nullable Opened, Throwable> then) {
        var server = servers.get(index);
        var own = new PgConnectOptions(options)
                .setHost(server.host().name())
                .setPort(server.host().port());
        attempt(loop, own, server.tls(), server.tls().ways(), (opened, failure) -> {
            if (opened != null) {
                latest = index;
                then.accept(opened, failure);
            } else if (left > 1) {
                // A standby is what others of several servers are: any other failure says more.
                attempt(
                        loop,
                        options,
                        (index + 1) % servers.size(),
                        left - 1,
                        (other, otherFailure) ->
                                then.accept(other, otherFailure instanceof Standby ? failure : otherFailure));
            } else {
                then.accept(null, failure);
            }
        });
    }

    /// Tries each way, with TLS or without, in turn.
    private void attempt(
            Loop loop,
            PgConnectOptions options,
            TlsMemory tls,
            List<Boolean> ways,
            BiConsumer<@Nullable Opened, Throwable> then) {
        boolean secure = ways.getFirst();
        attempt(loop, secure ? secured(options) : new PgConnectOptions(options), (opened, failure) -> {
            if (opened == null && ways.size() > 1 && !isOutOfReach(failure)) {
                attempt(loop, options, tls, ways.subList(1, ways.size()), then);
                return;
            }
            if (opened != null) {
                tls.worked(secure);
            }
            then.accept(opened, failure);
        });
    }

    private PgConnectOptions secured(PgConnectOptions options) {
        var trust = new ClientSSLOptions();
        switch (address.sslMode()) {
            case VERIFY_FULL -> trust.setHostnameVerificationAlgorithm("HTTPS");
            case VERIFY_CA -> trust.setHostnameVerificationAlgorithm("");
            // As with libpq: protects against eavesdropping, not against impersonation.
            case DISABLE, ALLOW, PREFER, REQUIRE -> trust.setTrustAll(true).setHostnameVerificationAlgorithm("");
        }
        return new PgConnectOptions(options).setSslMode(SslMode.REQUIRE).setSslOptions(trust);
    }

    private static boolean isOutOfReach(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof TimeoutException || failure instanceof Standby;
    }

    private void attempt(Loop loop, PgConnectOptions options, BiConsumer<@Nullable Opened, Throwable> then) {
        var client = new PgConnectionFactory(vertx, sockets());
        var end = new Object() {
            boolean reached;
        };
        var limit = loop.netty()
                .schedule(
                        () -> {
                            end.reached = true;
                            close(client);
                            then.accept(null, new TimeoutException("no connection within " + TIMEOUT_MS + " ms"));
                        },
                        TIMEOUT_MS,
                        TimeUnit.MILLISECONDS);
        client.connect(loop.newContext(), options).compose(this::ofPrimary).onComplete(result -> {
            if (end.reached) {
                close(client);
                return;
            }
            limit.cancel(false);
            if (result.failed()) {
                close(client);
                then.accept(null, result.cause());
            } else {
                var connection = result.result();
                then.accept(new Opened(connection, tuned(connection), client), new IllegalStateException());
            }
        });
    }

    /// Only if there is a choice: a single server is used as it is, for the reads that work on it.
    private Future<PgConnection> ofPrimary(SqlConnection opened) {
        var connection = (PgConnection) opened;
        if (servers.size() == 1) {
            return Future.succeededFuture(connection);
        }
        return connection
                .query(IS_STANDBY)
                .execute()
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? Future.failedFuture(new Standby())
                        : Future.succeededFuture(connection));
    }

    private static final class Standby extends Exception {
        Standby() {
            super("the server is a standby, which accepts no writes", null, false, false);
        }
    }

    private static NetClientOptions sockets() {
        return new NetClientOptions()
                .setConnectTimeout(TIMEOUT_MS)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(UNACKNOWLEDGED_MS);
    }

    static void close(PgConnectionFactory client) {
        client.close((nothing, failure) -> {});
    }

    /// Sends the statements of one turn of the loop together, which saves both sides a system call for each, and
    /// takes buffers from the pool, which Netty's default does not always do.
    private Channel tuned(PgConnection connection) {
        var socket = ((SocketConnectionBase) ((SqlConnectionBase<?>) connection).unwrap()).socket();
        var channel = socket.channelHandlerContext().channel();
        channel.config().setAllocator(buffers);
        channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSH_AFTER, true));
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
            channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS);
            channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
        }
        return channel;
    }
}
