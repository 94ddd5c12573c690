package tv.roster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tv.roster.platform.database.session.DatabaseAddress;

/// The network between a server and PostgreSQL, which can be cut. As with a real one nobody is told: connections
/// stay open, and what was sent meanwhile arrives when the network is back.
public final class NetworkBetween implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final DatabaseAddress database;
    private final ServerSocket listening;
    private final Set<Road> roads = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean cut;

    public NetworkBetween(DatabaseAddress database) {
        this.database = database;
        try {
            listening = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /// PostgreSQL as it is seen from this side.
    public DatabaseAddress address() {
        return new DatabaseAddress(
                "127.0.0.1",
                listening.getLocalPort(),
                database.database(),
                database.user(),
                database.password(),
                database.sslMode());
    }

    /// From now on nothing gets through.
    public void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    /// From now on everything gets through, what was held up first.
    public void mend() {
        lock.lock();
        try {
            cut = false;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Forgets the connections there are: nothing gets through on them any more, and nobody is told. New ones work.
    public void forget() {
        roads.forEach(road -> road.forgotten = true);
    }

    /// Breaks off the connections there are, which both sides notice. New ones work.
    public void breakOff() {
        roads.forEach(Road::close);
    }

    /// Connections that the server has not closed.
    public long open() {
        return roads.stream().filter(road -> !road.left).count();
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                Thread.startVirtualThread(() -> new Road(client).open());
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void pass() {
        lock.lock();
        try {
            while (cut) {
                mended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        mend();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        roads.forEach(Road::close);
    }

    /// One connection, in both directions.
    private final class Road {
        private final Socket client;
        private final Socket server = new Socket();
        private volatile boolean forgotten;
        private volatile boolean left;

        Road(Socket client) {
            this.client = client;
            roads.add(this);
        }

        void open() {
            pass();
            try {
                server.connect(new java.net.InetSocketAddress(database.host(), database.port()));
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
            } catch (IOException e) {
                close();
                return;
            }
            Thread.startVirtualThread(() -> carry(client, server, true));
            carry(server, client, false);
        }

        private void carry(Socket from, Socket to, boolean ofClient) {
            var buffer = new byte[BUFFER];
            try {
                while (true) {
                    int length = from.getInputStream().read(buffer);
                    left |= ofClient && length < 0;
                    pass();
                    if (length < 0) {
                        break;
                    }
                    if (!forgotten) {
                        to.getOutputStream().write(buffer, 0, length);
                    }
                }
            } catch (IOException e) {
                left |= ofClient;
                pass();
            }
            if (!forgotten) {
                close();
            }
        }

        private void close() {
            roads.remove(this);
            try (client;
                    server) {
                left = true;
            } catch (IOException e) {
                // It is gone anyhow.
            }
        }
    }
}
