package tv.roster.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;

/// A listener that leads each request to the area that holds its path, and never answers without a request id.
public final class HttpServer implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
    /// How long a request waits that is turned away because there are too many: without it, clients that try again at
    /// once would cost more than those that are served. A waiting virtual thread costs next to nothing.
    private static final Duration TURNED_AWAY_AFTER = Duration.ofMillis(100);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(75);
    private static final Duration IDLE_LOOKS = Duration.ofSeconds(15);

    private final List<Area<?>> areas;
    private final @Nullable String publicUrl;
    private final Observer observer;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final AtomicInteger admitted = new AtomicInteger();
    private final int limit;
    private final Deadlines deadlines;
    private final WebServer server;
    private volatile boolean draining;

    /// Where a server listens; port 0 takes a free one, and without `tls` it speaks plain HTTP. A client may take
    /// `timeout` to send a request's headers, and once more for its body. What comes beyond
    /// `requestsAtOnce` requests under way is answered 503.
    public record Listener(String host, int port, @Nullable SSLContext tls, Duration timeout, int requestsAtOnce) {}

    /// Listens at once. Areas are asked in their order.
    public HttpServer(Listener listener, @Nullable String publicUrl, Observer observer, List<Area<?>> areas) {
        this.areas = List.copyOf(areas);
        this.publicUrl = publicUrl;
        this.observer = observer;
        this.limit = listener.requestsAtOnce();
        var unreadable = new Unreadable(publicUrl);
        deadlines = new Deadlines(listener.timeout(), unreadable::late);
        var builder = WebServer.builder()
                .host(listener.host())
                .port(listener.port())
                .shutdownHook(false)
                .protocolsDiscoverServices(false)
                .addProtocol(http1())
                .contentEncoding(new AnyContentEncoding())
                .maxPayloadSize(RequestBody.LARGEST_SEEN)
                .idleConnectionTimeout(IDLE_LIMIT)
                .idleConnectionPeriod(IDLE_LOOKS)
                // Without it, answers longer than one segment wait for the client's delayed acknowledgement.
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .directHandlers(unreadable.handlers())
                // So that those handlers learn what is wrong; they send words of their own.
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .routing(routing -> routing.any(this::serve));
        if (listener.tls() != null) {
            builder.tls(Tls.builder().sslContext(listener.tls()).build());
        }
        server = builder.build().start();
    }

    private Http1Config http1() {
        return Http1Config.builder()
                .maxPrologueLength(Unreadable.LINE_LIMIT)
                .maxHeadersSize(Unreadable.HEADERS_LIMIT)
                // Clients send `page[size]` unencoded; what is odd in a query is refused where it is read.
                .validatePrologue(false)
                .validatePath(false)
                .addReceiveListener(deadlines)
                .addSendListener(new Bodiless())
                .build();
    }

    public int port() {
        return server.port();
    }

    /// Whether new requests are answered, not turned away.
    public boolean isOpen() {
        return !draining;
    }

    private void serve(ServerRequest helidon, ServerResponse response) {
        begun.increment();
        try {
            long start = System.nanoTime();
            var request = new Request(helidon, publicUrl, deadlines);
            request.whenLate(refusal -> send(request, Refusals.answer(refusal, request), false, response));
            var answer = answer(request);
            boolean again = request.mayGoOn() && !draining;
            trySend(request, answer, again, response);
            observer.answered(request.method(), request.template(), answer.status(), System.nanoTime() - start);
            finish(request, again);
        } finally {
            ended.increment();
        }
    }

    private static void finish(Request request, boolean again) {
        if (!again) {
            request.dropRest();
        }
        if (!again || !request.settle()) {
            throw new CloseConnectionException("Nothing more is read from this connection");
        }
    }

    private Answer answer(Request request) {
        try {
            if (draining) {
                throw Refusals.shuttingDown();
            }
            return admitted(request);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            observer.refused(
                    e instanceof Refusal refusal ? refusal.problems().getFirst().code() : ErrorCode.INTERNAL);
            return Refusals.answer(e, request);
        }
    }

    /// Answers the request if there are not too many already.
    private Answer admitted(Request request) {
        boolean served = admitted.incrementAndGet() <= limit;
        try {
            if (served) {
                return routed(request);
            }
        } finally {
            admitted.decrementAndGet();
        }
        LockSupport.parkNanos(TURNED_AWAY_AFTER.toNanos());
        throw Refusals.overloaded();
    }

    private Answer routed(Request request) {
        var path = request.path();
        for (var area : areas) {
            if (area.holds(path)) {
                return area.answer(request);
            }
        }
        if (path.equals("*") && request.method().equals(Method.OPTIONS.text())) {
            return Answer.empty(204).with("Allow", Area.EVERY_METHOD);
        }
        throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }

    private static void trySend(Request request, Answer answer, boolean again, ServerResponse response) {
        try {
            send(request, answer, again, response);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // A header that cannot be sent, for example: nothing has gone out yet.
            response.headers().clear();
            send(request, Refusals.answer(e, request), again, response);
        }
    }

    private static void send(Request request, Answer answer, boolean again, ServerResponse response) {
        response.status(answer.statusLine());
        response.header(RequestId.HEADER, request.id());
        request.told().forEach((name, value) -> response.header(KnownHeaders.named(name), value));
        answer.headers().forEach((name, value) -> response.header(KnownHeaders.named(name), value));
        if (!again) {
            response.header(HeaderNames.CONNECTION, "close");
        }
        if (answer.body().length == 0) {
            response.send();
        } else if (request.method().equals(Method.HEAD.text())) {
            response.contentLength(answer.body().length);
            response.send();
        } else {
            response.send(answer.body());
        }
    }

    /// Turns away what comes from now on, and waits until what is under way is answered: 10 s at the most.
    public void drain() {
        draining = true;
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (ended.sum() < begun.sum() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        drain();
        server.stop();
        deadlines.close();
    }
}
