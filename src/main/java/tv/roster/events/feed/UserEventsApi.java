package tv.roster.events.feed;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.IdList;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.UserId;

/// `GET /users/{user_id}/events`: what happened to one user, the newest first. Unlike the feed, it promises nothing to
/// readers that come back for more.
public final class UserEventsApi {
    private final Database database;
    private final Cursors cursors;

    public UserEventsApi(Database database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(Route.get("/users/{user_id}/events", Scope.EVENTS_READ, calls.read(this::list))
                .withQuery());
    }

    private Response list(Call call) {
        var user = UserId.parse(call.request().variable("user_id")).orElseThrow(UserEventsApi::notFound);
        var query = new Query(call.request().query());
        return new IdList<FeedEvent>(
                        call.work().tenant() + "/users/" + user + "/events",
                        (from, backwards, limit) -> read(call, user, from, backwards, limit),
                        null,
                        IdList.SMALLEST,
                        FeedEvent::id,
                        EventResource::write)
                .response(call.request(), query, cursors);
    }

    private List<FeedEvent> read(Call call, UserId user, @Nullable UUID from, boolean backwards, int limit) {
        var tenant = call.work().tenant();
        var events = UserEventsTable.list(database.lists(tenant.value()), tenant, user, from, backwards, limit)
                .orElseThrow(UserEventsApi::notFound);
        call.request()
                .reserveMore(FeedApi.TIMES_IN_MEMORY
                        * events.stream().mapToLong(FeedEvent::length).sum());
        return events;
    }

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user, and there are no events of one.");
    }
}
