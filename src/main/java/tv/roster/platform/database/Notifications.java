package tv.roster.platform.database;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.session.Connector;
import tv.roster.platform.database.session.Session;
import tv.roster.platform.database.session.Trouble;
import tv.roster.platform.eventloop.Loop;

/// A connection that listens on one channel, and is opened again whenever it breaks. Everything happens on one
/// event loop.
final class Notifications implements AutoCloseable {
    private static final long AGAIN_MS = 2_000;
    private static final long PING_MS = 5_000;

    private final Loop loop;
    private final Connector connector;
    private final String channel;
    private final Runnable heard;
    private @Nullable Session session;
    private boolean closed;

    /// `channel` is part of a statement, so it must be a constant, never text from a client.
    Notifications(Loop loop, Connector connector, String channel, Runnable heard) {
        this.loop = loop;
        this.connector = connector;
        this.channel = channel;
        this.heard = heard;
        connect();
    }

    private void connect() {
        connector.connect(loop, "roster hints", Map.of(), (made, failure) -> {
            if (made == null) {
                again();
            } else {
                listen(made);
            }
        });
    }

    private void listen(Connector.Opened made) {
        var opened = new Session(made, new Session.Keeper(gone -> again(), () -> {}, new Trouble("Hints")));
        session = opened;
        if (closed) {
            opened.close();
            return;
        }
        made.connection().notificationHandler(notification -> heard.run());
        // Notifications sent before this connection began to listen are lost, so `heard` is called once.
        opened.command("listen " + channel, (rows, failed) -> {
            if (failed == null) {
                heard.run();
                look(opened);
            } else {
                opened.abort();
            }
        });
    }

    /// Sends a query to detect a connection that has been lost without notice.
    private void look(Session listening) {
        after(PING_MS, () -> {
            if (listening.ended()) {
                return;
            }
            if (listening.isIdle()) {
                listening.ping();
                look(listening);
            } else {
                listening.giveUp();
            }
        });
    }

    private void again() {
        after(AGAIN_MS, () -> {
            if (!closed) {
                connect();
            }
        });
    }

    private void after(long milliseconds, Runnable work) {
        if (!closed) {
            var _ = loop.netty().schedule(work, milliseconds, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        loop.netty().execute(() -> {
            closed = true;
            if (session != null) {
                session.close();
            }
        });
    }
}
