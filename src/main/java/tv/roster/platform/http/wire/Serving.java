package tv.roster.platform.http.wire;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Dialect;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Origin;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.limits.MemoryBudget;
import tv.roster.platform.http.limits.RequestPlaces;
import tv.roster.platform.http.limits.RequestPlaces.Place;
import tv.roster.platform.http.sending.Outgoing;
import tv.roster.platform.http.wire.HttpServer.Listener;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// Gives each request a place, passes it to the area that contains its path, and never responds without a request
/// id.
final class Serving {
    private static final long LEAST_PATIENCE_MS = 100;
    private static final long MOST_TURNED_AWAY_A_SECOND = 2_500;

    /// Pages have places of their own: one for so many of the calls' places.
    private static final int SHARE_OF_PAGES = 4;

    private final List<Area<?>> areas;
    private final Origin links;
    private final boolean oldHttp;
    private final Observer observer;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final RequestPlaces callPlaces;
    private final RequestPlaces pagePlaces;
    private final MemoryBudget memory = new MemoryBudget();
    private volatile boolean leaving;
    private volatile boolean draining;

    /// Areas are asked in their order.
    Serving(Listener listener, Origin links, Observer observer, List<Area<?>> areas) {
        this.areas = List.copyOf(areas);
        this.links = links;
        this.oldHttp = listener.oldHttp();
        this.observer = observer;
        this.callPlaces = new RequestPlaces(listener.requestsAtOnce(), listener.requestsAtOnce());
        int pages = Math.max(1, listener.requestsAtOnce() / SHARE_OF_PAGES);
        this.pagePlaces = new RequestPlaces(pages, Math.max(1, pages / SHARE_OF_PAGES));
    }

    Origin links() {
        return links;
    }

    boolean servesOldHttp() {
        return oldHttp;
    }

    MemoryBudget memory() {
        return memory;
    }

    /// From now on each response is the last of its connection.
    void leave() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    /// From now on requests are turned away.
    void drain() {
        leaving = true;
        draining = true;
    }

    /// Whether no request is under way.
    boolean isDone() {
        return ended.sum() >= begun.sum();
    }

    /// The number of requests under way.
    long underWay() {
        return Math.max(0, begun.sum() - ended.sum());
    }

    /// Whether no request holds a place.
    boolean isUnoccupied() {
        return callPlaces.areFree() && pagePlaces.areFree();
    }

    void begin() {
        begun.increment();
    }

    void end() {
        ended.increment();
    }

    /// Serves a request whose head has arrived, or turns it away. One with a body gets its place later, when its body
    /// is whole: a client that sends slowly takes none from others.
    ///
    /// A streamed body is never whole, so that its request gets a place as soon as its caller was let in, and
    /// keeps it for as long as the client sends. What clients can hold by that is bounded: strangers get no
    /// further than the gate; one party has a share of the places ([RequestPlaces]) and of the memory for windows
    /// ([MemoryBudget]); a client that makes its thread wait has to send at the least rate ([Pace]). A page that
    /// is open to everybody should stream no body.
    void begin(ReceivedRequest request, Connection connection) {
        begin();
        var area = areaOf(request.path());
        boolean isCall = area != null && area.dialect().isOfCalls();
        var place = new Place(isCall ? callPlaces : pagePlaces);
        boolean mayEnter =
                request.hasBody() ? place.isThere() : isCall ? place.take() : place.takeFor(connection.address());
        if (mayEnter) {
            connection.loop().start(() -> serve(new Visit(request, area, isCall, place), connection));
        } else {
            turnAway(request, connection, System.nanoTime());
        }
    }

    private @Nullable Area<?> areaOf(String path) {
        for (var area : areas) {
            if (area.holds(path)) {
                return area;
            }
        }
        return null;
    }

    /// A request, where it leads, and its place.
    private record Visit(ReceivedRequest request, @Nullable Area<?> area, boolean isCall, Place place) {
        Dialect dialect() {
            return area == null ? DocumentDialect.DOCUMENTS : area.dialect();
        }
    }

    /// Serves a request on its own thread.
    private void serve(Visit visit, Connection connection) {
        long start = System.nanoTime();
        var request = visit.request();
        Response response;
        boolean isSent;
        long sent = 0;
        try {
            var entry = enter(request, visit.area());
            if (visit.isCall()) {
                connection.callerIsKnown();
            }
            request.receive(entry.body());
            if (!visit.place().takeFor(visit.isCall() ? request.party() : connection.address())) {
                turnAway(request, connection, start);
                return;
            }
            response = entry.respond();
            isSent = response.writer() != null && !request.method().equals("HEAD");
            if (isSent) {
                sent = stream(response, request, connection);
            }
        } catch (IOException | RuntimeException | Error e) {
            isSent = false;
            response = refuse(e, request, visit.dialect());
        } finally {
            visit.place().giveBack();
        }
        if (isSent) {
            observer.responded(request, response.status(), sent, System.nanoTime() - start);
        } else {
            give(response, request, connection, start);
        }
    }

    private Area.Entry enter(ReceivedRequest request, @Nullable Area<?> area) {
        if (draining) {
            throw Refusals.shuttingDown();
        }
        if (area != null) {
            return area.enter(request);
        }
        if (request.path().equals("*") && request.method().equals("OPTIONS")) {
            return Area.Entry.to(Response.empty(204).with("Allow", Area.EVERY_METHOD));
        }
        throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }

    /// Rejects a request that is one too many, after a while and without a thread: the later the more of them wait.
    /// Clients that try again at once would otherwise cost more than those that are served; to wait costs nothing.
    /// Browsers get a document as well, since a page would be rendered on the loop that all others wait for.
    private void turnAway(ReceivedRequest request, Connection connection, long start) {
        long patience = Math.max(LEAST_PATIENCE_MS, turnedAway.incrementAndGet() * 1_000L / MOST_TURNED_AWAY_A_SECOND);
        var _ = connection
                .loop()
                .netty()
                .schedule(
                        () -> {
                            turnedAway.decrementAndGet();
                            var response = refuse(Refusals.overloaded(), request, DocumentDialect.DOCUMENTS);
                            give(response, request, connection, start);
                        },
                        patience,
                        TimeUnit.MILLISECONDS);
    }

    /// Runs the writer of a response, on the request's own thread, and with its place. What it throws before
    /// anything was sent is the response; after that, the client sees that the response is not whole.
    /// Returns the bytes of the body that were written.
    private long stream(Response response, ReceivedRequest request, Connection connection) throws IOException {
        var out = new OutgoingStream(response, request, connection, this::isLeaving);
        try {
            Objects.requireNonNull(response.writer()).write(out);
            out.end();
        } catch (IOException | RuntimeException | Error e) {
            if (!out.hasBegun()) {
                throw e;
            }
            out.abort();
            if (!out.isGone()) {
                observer.refused(code(e));
                Refusals.brokenOff(e, request);
            }
        } finally {
            request.release();
        }
        return out.written();
    }

    private void give(Response response, ReceivedRequest request, Connection connection, long start) {
        boolean last = leaving || !request.mayGoOn();
        long sent = request.method().equals("HEAD") || response.writer() != null
                ? 0
                : response.body().remaining();
        connection.send(outgoing(response, request, last));
        observer.responded(request, response.status(), sent, System.nanoTime() - start);
    }

    /// Counts what was rejected because it is no request.
    void noRequest(Refusal refusal) {
        observer.refused(code(refusal));
    }

    private static Outgoing outgoing(Response response, ReceivedRequest request, boolean last) {
        try {
            return OutgoingBytes.of(response, request, last);
        } catch (IllegalArgumentException e) {
            return OutgoingBytes.of(Refusals.response(e, request, DocumentDialect.DOCUMENTS), request, last);
        }
    }

    private Response refuse(Throwable thrown, ReceivedRequest request, Dialect dialect) {
        observer.refused(code(thrown));
        return Refusals.response(thrown, request, dialect);
    }

    private static ErrorCode code(Throwable thrown) {
        return thrown instanceof Refusal refusal ? refusal.problems().getFirst().code() : ErrorCode.INTERNAL;
    }
}
