package tv.roster.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Breaks off requests whose headers or body take a client too long, so that nobody holds connections for nothing.
///
/// The HTTP library reads without a limit of time. So a thread of ours answers in place of the one that waits, and
/// then takes its connection away.
final class Deadlines implements Http1ConnectionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int LOOKS = 4;

    /// Reads (a part of) a body from the connection, and blocks for it.
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    private final long limitNanos;
    private final Supplier<byte[]> lateHeaders;
    private final Map<ConnectionContext, Long> readingHeaders = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines").factory());

    /// Headers may take `limit`, and a body once more. `lateHeaders` makes the whole answer to headers that took
    /// longer.
    Deadlines(Duration limit, Supplier<byte[]> lateHeaders) {
        this.limitNanos = limit.toNanos();
        this.lateHeaders = lateHeaders;
        timer.setRemoveOnCancelPolicy(true);
        var _ = timer.scheduleWithFixedDelay(
                this::endLateHeaders, limitNanos / LOOKS, limitNanos / LOOKS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        readingHeaders.put(connection, System.nanoTime());
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        if (readingHeaders.remove(connection) == null) {
            throw new CloseConnectionException("The headers came too late; that was answered");
        }
    }

    private void endLateHeaders() {
        long now = System.nanoTime();
        readingHeaders.forEach((connection, begun) -> {
            if (!connection.serverSocket().isConnected()) {
                // What could not be read as headers was answered, and has left its mark here.
                readingHeaders.remove(connection);
            } else if (now - begun > limitNanos && readingHeaders.remove(connection) != null) {
                Thread.startVirtualThread(() -> end(connection));
            }
        });
    }

    private void end(ConnectionContext connection) {
        try {
            connection.dataWriter().writeNow(BufferData.create(lateHeaders.get()));
            connection.serverSocket().close();
        } catch (RuntimeException e) {
            LOG.debug("A late client is gone: {}", e.toString());
        }
    }

    /// Runs `reading`. If it takes too long, `late` answers the client from another thread, and the connection ends.
    ///
    /// @throws CloseConnectionException if it took too long
    <T> T within(Reading<T> reading, Runnable late) throws IOException {
        var over = new AtomicBoolean();
        var reader = Thread.currentThread();
        var alarm = timer.schedule(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        Thread.startVirtualThread(() -> breakOff(late, reader));
                    }
                },
                limitNanos,
                TimeUnit.NANOSECONDS);
        T read;
        try {
            read = reading.read();
        } catch (IOException | RuntimeException e) {
            stop(alarm, over);
            throw e;
        }
        stop(alarm, over);
        return read;
    }

    private static void stop(Future<?> alarm, AtomicBoolean over) {
        alarm.cancel(false);
        if (!over.compareAndSet(false, true)) {
            throw new CloseConnectionException("The body came too late; that was answered");
        }
    }

    private static void breakOff(Runnable late, Thread reader) {
        try {
            late.run();
        } finally {
            // Closes the channel it waits for (InterruptibleChannel).
            reader.interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
