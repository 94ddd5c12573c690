package tv.roster.deletion;

import static tv.roster.access.Scope.USERS_READ;
import static tv.roster.access.Scope.USERS_WRITE;

import java.util.List;
import tv.roster.access.Caller;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.IdList;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.jsonapi.QueryTimes;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.users.v4.UsersApi;
import tv.roster.values.ids.UserId;

/// `/deleted_users`: who was deleted, the latest first, and their restoration.
public final class DeletedUsersApi {
    private static final String RESTORATION = "UserRestoration";
    private static final String ONE = "/deleted_users/{user_id}";
    private static final int MOST_VALUES = 100;

    private final DeletedUsers deletedUsers;
    private final Cursors cursors;

    public DeletedUsersApi(DeletedUsers deletedUsers, Cursors cursors) {
        this.deletedUsers = deletedUsers;
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get("/deleted_users", USERS_READ, calls.read(this::list)).withQuery(),
                Route.get(ONE, USERS_READ, calls.read(this::get)),
                Route.post(ONE + "/restorations", USERS_WRITE, calls.write(this::restore))
                        .about(calls.subject(call -> deletedUsers.find(call.work(), id(call)))));
    }

    private static UserId id(Call call) {
        return UserId.parse(call.request().variable("user_id")).orElseThrow(DeletedUsers::notFound);
    }

    private Response list(Call call) {
        var query = new Query(call.request().query());
        var externalIds = query.takeList("filter[external_id]", MOST_VALUES, text -> text);
        var filter = new DeletedUserFilter(
                externalIds == null ? null : externalIds.toArray(String[]::new),
                query.take("filter[deleted_since]", QueryTimes::seconds));
        var base = UserManagement.base(call.request());
        return new IdList<DeletedUser>(
                        call.work().tenant() + "/deleted_users?" + query.withoutPages(),
                        (from, backwards, limit) -> deletedUsers.list(call.work(), filter, from, backwards, limit),
                        () -> deletedUsers.count(call.work(), filter),
                        IdList.SMALLEST,
                        DeletedUser::deletionId,
                        (json, user) -> write(json, base, user))
                .response(call.request(), query, cursors);
    }

    private Response get(Call call) {
        var user = deletedUsers.find(call.work(), id(call));
        var base = UserManagement.base(call.request());
        return Document.of(url(base, user), json -> write(json, base, user)).response(200);
    }

    private static String url(String base, DeletedUser user) {
        return base + "/deleted_users/" + user.id();
    }

    private static void write(JsonWriter json, String base, DeletedUser user) {
        json.writeStartObject();
        json.writePlainProperty("type", DeletedUser.TYPE);
        json.writeUuidProperty("id", user.id().value());
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("external_id", user.externalId());
        json.writeNumberProperty("deleted_time", user.deletedTime());
        json.writeNumberProperty("purge_time", user.purgeTime());
        json.writeEndObject();
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url(base, user));
        json.writeEndObject();
        json.writeEndObject();
    }

    private Prepared restore(Call call) {
        var id = id(call);
        ResourceDocument.readNothing(call.request().body(), RESTORATION);
        return applied -> {
            var user = deletedUsers.restore(applied.work(), applied.caller().tenant(), id);
            return UsersApi.created(applied, user);
        };
    }
}
