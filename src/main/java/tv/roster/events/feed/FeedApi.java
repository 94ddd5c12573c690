package tv.roster.events.feed;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Access;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.RunningCalls;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.Negotiation;
import tv.roster.platform.jsonapi.Page;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.ids.EventId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// `GET /events`: the tenant's events in the order of their commits, as pages or as server-sent events; and
/// `GET /events/{event_id}`.
public final class FeedApi {
    static final int MOST_WAITING_OF_TENANT = 32;
    private static final int MOST_WAITING = 256;

    /// A page of large events has fewer of them.
    private static final int MOST_BYTES = 1 << 18;

    static final long TIMES_IN_MEMORY = 3;
    private static final int MOST_KINDS = 100;
    private static final Pattern SECONDS = Pattern.compile("[1-9]|[1-5][0-9]|60");

    private final Feed feed;
    private final FeedWatch watch;
    private final Access access;
    private final RunningCalls waiting =
            new RunningCalls("waiting readers of events", MOST_WAITING_OF_TENANT, MOST_WAITING);

    public FeedApi(Feed feed, FeedWatch watch, Access access) {
        this.feed = feed;
        this.watch = watch;
        this.access = access;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get("/events", Scope.EVENTS_READ, calls.read(this::list))
                        .withQuery()
                        .withOwnMediaTypes(),
                Route.get("/events/{event_id}", Scope.EVENTS_READ, calls.read(this::get)));
    }

    private Response get(Call call) {
        var tenant = call.work().tenant();
        var event = EventId.parse(call.request().variable("event_id"))
                .flatMap(id -> feed.find(tenant, id))
                .orElseThrow(
                        () -> new Refusal(ErrorCode.NOT_FOUND, "There is no such event, or it is no longer kept."));
        var self = UserManagement.base(call.request()) + "/events/" + event.id();
        return Document.of(self, json -> EventResource.write(json, event)).response(200);
    }

    private Response list(Call call) {
        var tenant = call.work().tenant();
        var query = new Query(call.request().query());
        var size = query.take("page[size]", Page::size);
        var after = query.take("page[after]");
        boolean fromNow = query.take("from", FeedApi::isNow) != null;
        var wait = query.take("wait", FeedApi::seconds);
        var filter = filter(query);
        query.refuseUnknown();
        if (fromNow && after != null) {
            throw Query.bad("from", "Send from or page[after], not both.");
        }
        boolean streams = FeedStreamApi.isAccepted(call.request());
        if (!streams) {
            Negotiation.check(call.request(), null);
        }
        var from = start(call, streams, after, fromNow);
        if (streams) {
            return new FeedStreamApi(feed, watch, access, waiting).response(call, from, filter);
        }
        int limit = size == null ? Page.USUAL : size;
        if (wait != null) {
            return document(call, query, awaited(call, from, filter, limit, wait));
        }
        return document(
                call,
                query,
                fromNow ? new FeedPage(List.of(), from, false) : feed.read(tenant, from, filter, limit, MOST_BYTES));
    }

    private FeedPosition start(Call call, boolean streams, @Nullable String after, boolean fromNow) {
        var tenant = call.work().tenant();
        var lastId = streams ? call.request().header("Last-Event-ID") : null;
        if (lastId != null && !lastId.isEmpty()) {
            return parse(tenant, lastId, Source.header("Last-Event-ID"));
        }
        if (after != null) {
            return parse(tenant, after, Source.parameter("page[after]"));
        }
        return fromNow ? feed.now(tenant) : feed.beginning();
    }

    private static FeedPosition parse(TenantId tenant, String cursor, Source source) {
        return FeedPosition.parse(tenant, cursor)
                .orElseThrow(() -> new Refusal(
                        ErrorCode.BAD_CURSOR, "This cursor was not issued for the events of this tenant.", source));
    }

    private FeedPage awaited(Call call, FeedPosition from, FeedFilter filter, int limit, Duration longest) {
        var tenant = call.work().tenant();
        long end = System.nanoTime() + longest.toNanos();
        var page = feed.read(tenant, from, filter, limit, MOST_BYTES);
        if (!page.events().isEmpty()) {
            return page;
        }
        try (var _ = waiting.enter(tenant);
                var news = watch.waiting(tenant)) {
            while (true) {
                page = feed.read(tenant, page.end(), filter, limit, MOST_BYTES);
                var left = Duration.ofNanos(end - System.nanoTime());
                if (!page.events().isEmpty() || !left.isPositive() || news.isClosed()) {
                    break;
                }
                if (!page.more()) {
                    news.await(left);
                }
            }
        }
        access.admitStill(call.caller(), Scope.EVENTS_READ);
        return page;
    }

    private static Response document(Call call, Query query, FeedPage page) {
        var request = call.request();
        request.reserveMore(TIMES_IN_MEMORY
                * page.events().stream().mapToLong(FeedEvent::length).sum());
        var cursor = page.end().text(call.work().tenant());
        Consumer<JsonWriter> links = json -> {
            json.writeStringProperty("self", request.url());
            json.writeStringProperty(
                    "next",
                    request.origin() + request.path() + "?" + query.with("page[after]", cursor, "page[after]", "from"));
        };
        return new Document(links, null, Document.array(page.events(), EventResource::write), null).page();
    }

    private static FeedFilter filter(Query query) {
        var kinds = query.takeList("filter[kind]", MOST_KINDS, EventKind::named);
        var user = query.take(
                "filter[user]",
                text -> UserId.parse(text).orElseThrow(() -> new InvalidValue("This is not an id; an id is a UUID.")));
        return new FeedFilter(kinds == null ? null : EventKind.union(kinds), user);
    }

    private static Boolean isNow(String text) {
        if (!text.equals("now")) {
            throw new InvalidValue("This parameter is now; leave it out to begin with the oldest event.");
        }
        return true;
    }

    private static Duration seconds(String text) {
        if (!SECONDS.matcher(text).matches()) {
            throw new InvalidValue("This is a number of seconds from 1 to 60.");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
