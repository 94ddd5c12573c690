package tv.roster.credentials;

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
import tv.roster.values.ids.UserId;

/// `/users/{user_id}/login_lock`: whether wrong passwords have locked a user out, and the end of that.
public final class LoginLocksApi {
    private static final String PATH = "/users/{user_id}/login_lock";
    private static final String TYPE = "LoginLock";

    private final EventLines lines;

    public LoginLocksApi(EventLines lines) {
        this.lines = lines;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get(PATH, Scope.USERS_READ, calls.read(this::get)),
                Route.delete(PATH, Scope.USERS_WRITE, calls.write(this::end))
                        .about(calls.subject(call -> find(call, user(call)))));
    }

    private static UserId user(Call call) {
        return UserId.parse(call.request().variable("user_id")).orElseThrow(LoginLocksApi::notFound);
    }

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }

    private LoginLock find(Call call, UserId user) {
        return LoginLocksTable.find(call.work().statements(), call.work().tenant(), user, since())
                .orElseThrow(LoginLocksApi::notFound);
    }

    private long since() {
        return lines.clock().instant().getEpochSecond() - CredentialChecks.WINDOW.toSeconds();
    }

    private Response get(Call call) {
        var user = user(call);
        var lock = find(call, user);
        return Document.of(call.request().url(), json -> write(json, user, lock))
                .response(200);
    }

    private static void write(JsonWriter json, UserId user, LoginLock lock) {
        json.writeStartObject();
        json.writePlainProperty("type", TYPE);
        json.writeUuidProperty("id", user.value());
        json.writeObjectPropertyStart("attributes");
        json.writeBooleanProperty("locked", lock.lockedUntil() != null);
        json.writeNumberProperty("wrong_passwords", lock.wrongPasswords());
        json.writeNumberProperty("locked_until", lock.lockedUntil());
        json.writeEndObject();
        json.writeEndObject();
    }

    private Prepared end(Call call) {
        var user = user(call);
        return applied -> {
            var work = applied.work();
            if (!LoginLocksTable.end(work.statements(), work.tenant(), user, since(), lines.next(work.author()))) {
                throw notFound();
            }
            return Response.empty(204);
        };
    }
}
