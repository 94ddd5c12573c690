package tv.roster.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;

/// A listener that leads each request to the area that holds its path, and never answers without a request id.
public final class HttpServer implements AutoCloseable {
    private static final int URI_LIMIT = 64 * 1024;
    private static final int HEADERS_LIMIT = 16 * 1024;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private final List<Area<?>> areas;
    private final @Nullable String publicUrl;
    private final Observer observer;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final WebServer server;
    private volatile boolean draining;

    /// Where a server listens; port 0 takes a free one, and without `tls` it speaks plain HTTP.
    public record Listener(String host, int port, @Nullable SSLContext tls) {}

    /// Listens at once. Areas are asked in their order.
    public HttpServer(Listener listener, @Nullable String publicUrl, Observer observer, List<Area<?>> areas) {
        this.areas = List.copyOf(areas);
        this.publicUrl = publicUrl;
        this.observer = observer;
        var http = Http1Config.builder()
                .maxPrologueLength(URI_LIMIT)
                .maxHeadersSize(HEADERS_LIMIT)
                // Clients send `page[size]` unencoded; what is odd in a query is refused where it is read.
                .validatePrologue(false)
                .validatePath(false)
                .build();
        var builder = WebServer.builder()
                .host(listener.host())
                .port(listener.port())
                .shutdownHook(false)
                .protocolsDiscoverServices(false)
                .addProtocol(http)
                // Without it, answers longer than one segment wait for the client's delayed acknowledgement.
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .directHandlers(refusals())
                .routing(routing -> routing.any(this::serve));
        if (listener.tls() != null) {
            builder.tls(Tls.builder().sslContext(listener.tls()).build());
        }
        server = builder.build().start();
    }

    public int port() {
        return server.port();
    }

    private void serve(ServerRequest helidon, ServerResponse response) {
        begun.increment();
        try {
            long start = System.nanoTime();
            var request = new Request(helidon, publicUrl);
            var answer = answer(request);
            send(request, answer, response);
            observer.answered(request.method(), request.template(), answer.status(), System.nanoTime() - start);
        } finally {
            ended.increment();
        }
    }

    private Answer answer(Request request) {
        try {
            if (draining) {
                throw Refusals.shuttingDown();
            }
            var path = request.path();
            for (var area : areas) {
                if (area.holds(path)) {
                    return area.answer(request);
                }
            }
            throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
        } catch (RuntimeException | StackOverflowError e) {
            observer.refused(
                    e instanceof Refusal refusal ? refusal.problems().getFirst().code() : ErrorCode.INTERNAL);
            return Refusals.answer(e, request.id(), request.origin());
        }
    }

    private void send(Request request, Answer answer, ServerResponse response) {
        response.status(Status.create(answer.status()));
        response.header(RequestId.HEADER, request.id());
        request.told().forEach((name, value) -> response.header(headerName(name), value));
        answer.headers().forEach((name, value) -> response.header(headerName(name), value));
        if (draining) {
            response.header(HeaderNames.CONNECTION, "close");
        }
        if (answer.body().length == 0 || request.method().equals("HEAD")) {
            if (answer.body().length > 0) {
                response.contentLength(answer.body().length);
            }
            response.send();
        } else {
            response.send(answer.body());
        }
    }

    private static HeaderName headerName(String name) {
        return HeaderNames.create(name);
    }

    /// Answers for what Helidon refuses before there is a request: broken request lines, headers that are too long.
    private static DirectHandlers refusals() {
        DirectHandler handler = (request, type, status, headers, message) -> {
            var answer = Refusals.unparsed(status.code());
            var response = DirectHandler.TransportResponse.builder()
                    .status(Status.create(answer.status()))
                    .headers(headers)
                    .keepAlive(false);
            answer.headers().forEach((name, value) -> response.header(headerName(name), value));
            return response.entity(answer.body()).build();
        };
        var handlers = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    /// Answers what is under way, refuses what comes, and stops; waits at most 10 s.
    @Override
    public void close() {
        draining = true;
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (ended.sum() < begun.sum() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        server.stop();
    }
}
