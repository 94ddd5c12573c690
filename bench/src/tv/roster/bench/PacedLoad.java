package tv.roster.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Load at a steady rate, which wrk does not support. Latency is measured from the time at which a request was due,
/// not from when a connection was free to send it, so that it includes the waiting time that a stalled server
/// causes.
final class PacedLoad {
    private static final long PAUSE_NANOS = 200_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    /// The bit that distinguishes lower-case letters in ASCII from capitals; `-` and `:` have it set.
    private static final int SMALL = 0x20;

    private final Supplier<byte[]> requests;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final long[] latencies;
    private int answered;
    private int refused;

    /// The result. `rate` is the requested rate; `missing` is the number of requests without a response.
    record Result(double rate, double perSecond, double p50, double p99, double max, int refused, int missing) {}

    private PacedLoad(Supplier<byte[]> requests, int count) {
        this.requests = requests;
        this.latencies = new long[count];
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final byte[] bytes = new byte[64 * 1024];
        private final ByteBuffer in = ByteBuffer.wrap(bytes);
        private long due;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /// Sends `rate` requests per second over these connections. `requests` supplies the bytes of each.
    static Result run(String address, Supplier<byte[]> requests, int connections, double rate, int seconds)
            throws IOException {
        var load = new PacedLoad(requests, (int) (rate * seconds));
        var host = address.substring(0, address.lastIndexOf(':'));
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (var selector = Selector.open()) {
            try {
                for (int i = 0; i < connections; i++) {
                    load.connect(selector, new InetSocketAddress(host, port));
                }
                return load.run(selector, rate);
            } finally {
                for (var key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private void connect(Selector selector, InetSocketAddress address) throws IOException {
        var channel = SocketChannel.open();
        channel.socket().connect(address, CONNECT_MILLIS);
        channel.socket().setTcpNoDelay(true);
        channel.configureBlocking(false);
        var connection = new Connection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        idle.add(connection);
    }

    private Result run(Selector selector, double rate) throws IOException {
        double interval = 1e9 / rate;
        long begin = System.nanoTime();
        int sent = 0;
        long end = begin + (long) (latencies.length * interval) + DRAIN_NANOS;
        while (answered < latencies.length && System.nanoTime() < end) {
            boolean busy = selector.selectNow(this::receive) > 0;
            long now = System.nanoTime();
            while (sent < latencies.length && !idle.isEmpty() && begin + (long) (sent * interval) <= now) {
                send(idle.removeFirst(), begin + (long) (sent * interval));
                sent++;
                busy = true;
            }
            if (!busy) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        double took = (System.nanoTime() - begin) / 1e9;
        var sorted = Arrays.copyOf(latencies, answered);
        Arrays.sort(sorted);
        return new Result(
                rate,
                answered / took,
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 1),
                refused,
                latencies.length - answered);
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    private void send(Connection connection, long due) throws IOException {
        connection.due = due;
        var bytes = ByteBuffer.wrap(requests.get());
        // A request is far smaller than the socket's buffer, which is empty, since the last response has arrived.
        while (bytes.hasRemaining()) {
            connection.channel.write(bytes);
        }
    }

    private void receive(SelectionKey key) {
        var connection = (Connection) key.attachment();
        try {
            if (connection.channel.read(connection.in) < 0) {
                throw new IOException("the server closed a connection");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (isWhole(connection.bytes, connection.in.position())) {
            latencies[answered++] = System.nanoTime() - connection.due;
            refused += connection.bytes["HTTP/1.1 ".length()] == '2' ? 0 : 1;
            connection.in.clear();
            idle.addLast(connection);
        }
    }

    /// Whether the first `size` bytes are a complete response, by its `Content-Length`. It creates no strings,
    /// since the CPU used by the load generator is not available to the server.
    private static boolean isWhole(byte[] bytes, int size) {
        int length = 0;
        int line = 0;
        for (int at = 0; at < size; at++) {
            if (bytes[at] == '\n') {
                if (at == line + 1) {
                    return size >= at + 1 + length;
                }
                line = at + 1;
                if (begins(bytes, line, size, CONTENT_LENGTH)) {
                    length = number(bytes, line + CONTENT_LENGTH.length, size);
                }
            }
        }
        return false;
    }

    /// Whether these bytes are at a position, in lower case or capitals.
    private static boolean begins(byte[] bytes, int from, int size, byte[] small) {
        if (size - from < small.length) {
            return false;
        }
        for (int i = 0; i < small.length; i++) {
            if ((bytes[from + i] | SMALL) != small[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int size) {
        int number = 0;
        for (int at = from; at < size && bytes[at] != '\r'; at++) {
            number = bytes[at] == ' ' ? number : number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
