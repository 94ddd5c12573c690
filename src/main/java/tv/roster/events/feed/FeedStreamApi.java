package tv.roster.events.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tv.roster.access.Access;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.RunningCalls;
import tv.roster.platform.http.MediaType;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.json.Json;
import tv.roster.platform.jsonapi.MediaTypes;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.TenantId;

/// A feed as server-sent events (WHATWG HTML, section 9.2), until the client leaves, its key is revoked, or the server
/// stops. Clients connect again by themselves, with the last cursor that they have received.
record FeedStreamApi(Feed feed, FeedWatch watch, Access access, RunningCalls waiting) {
    private static final String TYPE = "text/event-stream";
    private static final List<String> TYPES = List.of(MediaTypes.JSON_API, TYPE);
    private static final int PAGE = 100;
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    /// Proxies that buffer responses would keep events back; nginx can be told.
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", TYPE, "Cache-Control", "no-store", "X-Accel-Buffering", "no", "Vary", "Accept");

    /// Whether the client wants this rather than a page.
    static boolean isAccepted(Request request) {
        return MediaType.best(request.header("Accept"), TYPES)
                .filter(TYPE::equals)
                .isPresent();
    }

    /// The first page is read before the response begins, so that an expired cursor is refused as it is elsewhere.
    Response response(Call call, FeedPosition from, FeedFilter filter) {
        return Response.stream(200, HEADERS, body -> write(call, from, filter, body));
    }

    private void write(Call call, FeedPosition from, FeedFilter filter, OutputStream body) throws IOException {
        var tenant = call.work().tenant();
        boolean begun = false;
        try (var _ = waiting.enter(tenant);
                var news = watch.waiting(tenant)) {
            var page = feed.read(tenant, from, filter, PAGE);
            body.write(COMMENT);
            body.flush();
            begun = true;
            long written = System.nanoTime();
            while (!news.isClosed()) {
                for (var event : page.events()) {
                    body.write(text(tenant, event));
                }
                // Also while there are only events that the filter leaves out.
                boolean isQuiet = page.events().isEmpty();
                if (isQuiet && System.nanoTime() - written >= QUIET.toNanos()) {
                    body.write(COMMENT);
                    isQuiet = false;
                }
                if (!isQuiet) {
                    body.flush();
                    written = System.nanoTime();
                }
                if (!page.more()) {
                    news.await(QUIET.minusNanos(System.nanoTime() - written));
                }
                access.admitStill(call.caller(), Scope.EVENTS_READ);
                page = feed.read(tenant, page.end(), filter, PAGE);
            }
        } catch (Refusal refusal) {
            // Later, the stream ends, and the client learns why when it connects again.
            if (!begun) {
                throw refusal;
            }
        }
    }

    private static byte[] text(TenantId tenant, FeedEvent event) {
        var json = new String(Json.write(writer -> EventResource.write(writer, event)), StandardCharsets.UTF_8);
        return "id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(event.position().text(tenant), event.kind(), json)
                .getBytes(StandardCharsets.UTF_8);
    }
}
