package tv.roster.platform.http.wire;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.net.ssl.SSLEngine;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Dialect;
import tv.roster.platform.http.Gate;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Origin;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.http.limits.Addresses;
import tv.roster.platform.http.receiving.BodyStream;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.templates.PageDialect;
import tv.roster.testing.RawHttp;

/// A server on one event loop with routes of a test, and what its clients make it hold.
public final class StreamServer implements AutoCloseable {
    static final int MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final HttpServer server;
    private final EventLoops loops = new EventLoops(1);

    StreamServer(Duration timeout, Supplier<SSLEngine> tls, List<Route<Gate.Anybody>> routes) {
        this(timeout, Patience.USUAL, tls, routes);
    }

    StreamServer(Duration timeout, Patience patience, Supplier<SSLEngine> tls, List<Route<Gate.Anybody>> routes) {
        this(new HttpServer.Listener("127.0.0.1", 0, tls, timeout, 1000, true), patience, routes);
    }

    StreamServer(HttpServer.Listener listener, Patience patience, List<Route<Gate.Anybody>> routes) {
        this(listener, patience, PageDialect.ofFiles(DocumentDialect.DOCUMENTS), routes);
    }

    StreamServer(HttpServer.Listener listener, Patience patience, Dialect dialect, List<Route<Gate.Anybody>> routes) {
        this(listener, patience, Observer.NONE, dialect, routes);
    }

    /// Whose responses are observed.
    public StreamServer(Observer observer, List<Route<Gate.Anybody>> routes) {
        this(
                new HttpServer.Listener("127.0.0.1", 0, null, PATIENCE, 1000, true),
                Patience.USUAL,
                observer,
                PageDialect.ofFiles(DocumentDialect.DOCUMENTS),
                routes);
    }

    private StreamServer(
            HttpServer.Listener listener,
            Patience patience,
            Observer observer,
            Dialect dialect,
            List<Route<Gate.Anybody>> routes) {
        server = new HttpServer(
                loops, listener, patience, Origin.OF_THE_REQUEST, observer, List.of(Area.ofPages(dialect, routes)));
    }

    public StreamServer(List<Route<Gate.Anybody>> routes) {
        this(PATIENCE, null, routes);
    }

    public static Route<Gate.Anybody> get(String path, Function<Request, Response> handler) {
        return Route.get(path, Demand.nothing(), (caller, request) -> handler.apply(request));
    }

    /// A route that reads up to so many bytes as they arrive.
    static Route<Gate.Anybody> post(String path, long most, Function<Request, Response> handler) {
        return Route.post(path, Demand.<Gate.Anybody>nothing(), (caller, request) -> handler.apply(request))
                .withStreamedBody(most);
    }

    public RawHttp connect() {
        return new RawHttp(server.port());
    }

    public static String head(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
    }

    static String length(long bytes) {
        return "Content-Length: " + bytes + "\r\n";
    }

    static byte[] random(int length, long seed) {
        RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// A body in chunks of all lengths up to a little more than a window.
    static byte[] chunked(byte[] body) {
        var all = new ByteArrayOutputStream();
        int size = 1;
        for (int at = 0; at < body.length; at += size, size = size * 3 % (BodyStream.WINDOW + 101)) {
            size = Math.min(size, body.length - at);
            all.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            all.write(body, at, size);
            all.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        all.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    static byte[] readAll(Request request) {
        try {
            return request.stream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Bytes that clients on this machine make it hold, those of windows included.
    long held() {
        int here = Addresses.slotOf(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), address -> false);
        return server.held().of(here) + server.memory().taken();
    }

    /// Waits until all that requests took was given back.
    void awaitNothingHeld() {
        await().atMost(PATIENCE)
                .until(() -> server.isUnoccupied() && server.memory().taken() == 0);
    }

    @Override
    public void close() {
        server.close();
        loops.close();
    }
}
