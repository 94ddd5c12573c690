package tv.roster.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that listens on one channel, and is made again whenever it breaks.
final class Notifications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final long AGAIN_MS = 2_000;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final String channel;
    private final Runnable heard;
    private volatile boolean closed;
    private volatile @Nullable PgConnection connection;

    /// `channel` is one word of ours, never a client's text.
    Notifications(Vertx vertx, PgConnectOptions options, String channel, Runnable heard) {
        this.vertx = vertx;
        this.options = options;
        this.channel = channel;
        this.heard = heard;
        connect();
    }

    private void connect() {
        PgConnection.connect(vertx, options).onSuccess(this::listen).onFailure(failure -> again());
    }

    private void listen(PgConnection made) {
        connection = made;
        if (closed) {
            made.close();
            return;
        }
        made.exceptionHandler(failure -> LOG.debug("The connection for notifications broke: {}", failure.getMessage()));
        made.closeHandler(nothing -> again());
        made.notificationHandler(notification -> heard.run());
        // What was notified before this connection listened is not known: look once.
        made.query("listen " + channel).execute().onSuccess(rows -> heard.run()).onFailure(failure -> made.close());
    }

    private void again() {
        if (!closed) {
            vertx.setTimer(AGAIN_MS, timer -> connect());
        }
    }

    @Override
    public void close() {
        closed = true;
        var open = connection;
        if (open != null) {
            open.close();
        }
    }
}
