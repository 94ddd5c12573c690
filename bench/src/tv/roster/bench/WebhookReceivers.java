package tv.roster.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Receivers of webhooks on this machine: one that responds after a millisecond, and one that never does.
final class WebhookReceivers implements Closeable {
    private static final int BACKLOG = 4_096;
    private static final int NO_CONTENT = 204;
    private static final int NO_BODY = -1;

    private final HttpServer healthy;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerSocket hanging = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Queue<Socket> held = new ConcurrentLinkedQueue<>();
    private final LongAdder received = new LongAdder();

    WebhookReceivers() throws IOException {
        healthy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        healthy.createContext("/", this::respond);
        healthy.setExecutor(threads);
        healthy.start();
        Thread.ofPlatform().daemon().name("hanging").start(this::hold);
    }

    String healthyUrl() {
        return "http://127.0.0.1:" + healthy.getAddress().getPort() + "/";
    }

    String hangingUrl() {
        return "http://127.0.0.1:" + hanging.getLocalPort() + "/";
    }

    /// How many deliveries the healthy one has received.
    long received() {
        return received.sum();
    }

    /// How many connections the other one holds.
    int held() {
        return held.size();
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            received.increment();
            exchange.sendResponseHeaders(NO_CONTENT, NO_BODY);
        }
    }

    private void hold() {
        while (!hanging.isClosed()) {
            try {
                held.add(hanging.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        healthy.stop(0);
        threads.shutdownNow();
        hanging.close();
        for (var socket : held) {
            socket.close();
        }
    }
}
