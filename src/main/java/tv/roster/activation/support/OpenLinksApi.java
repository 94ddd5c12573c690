package tv.roster.activation.support;

import java.util.List;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.events.log.EventLines;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.UserId;

/// `/users/{user_id}/links`: the links of a user that are open, and their end.
public final class OpenLinksApi {
    private static final String PATH = "/users/{user_id}/links";

    private final EventLines lines;

    public OpenLinksApi(EventLines lines) {
        this.lines = lines;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get(PATH, Scope.USERS_READ, calls.read(this::list)),
                Route.delete(PATH, Scope.USERS_WRITE, calls.write(this::end)).about(calls.subject(this::find)));
    }

    private static UserId user(Call call) {
        return UserId.parse(call.request().variable("user_id")).orElseThrow(OpenLinksApi::notFound);
    }

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }

    private List<OpenLink> find(Call call) {
        long now = lines.clock().instant().getEpochSecond();
        return OpenLinksTable.list(call.work().statements(), call.work().tenant(), user(call), now)
                .orElseThrow(OpenLinksApi::notFound);
    }

    private Response list(Call call) {
        var links = find(call);
        return Document.of(call.request().url(), Document.array(links, OpenLinksApi::write))
                .response(200);
    }

    private static void write(JsonWriter json, OpenLink link) {
        json.writeStartObject();
        json.writePlainProperty("type", OpenLink.TYPE);
        json.writeUuidProperty("id", link.id());
        json.writeObjectPropertyStart("attributes");
        json.writePlainProperty("kind", link.kind());
        json.writePlainProperty("delivery", link.mailed() ? "email" : "none");
        json.writeNumberProperty("created_time", Ids.epochSecond(link.id()));
        json.writeNumberProperty("expires_time", link.expiresTime());
        json.writeEndObject();
        json.writeEndObject();
    }

    private Prepared end(Call call) {
        var user = user(call);
        return applied -> {
            var work = applied.work();
            if (!OpenLinksTable.end(work.statements(), work.tenant(), user, lines.next(work.author()))) {
                throw notFound();
            }
            return Response.empty(204);
        };
    }
}
