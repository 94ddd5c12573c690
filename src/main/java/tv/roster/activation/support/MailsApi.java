package tv.roster.activation.support;

import java.util.List;
import java.util.Locale;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.IdList;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.UserId;

/// `GET /users/{user_id}/mails`: the mails to a user, and what became of them.
public final class MailsApi {
    private final Cursors cursors;

    public MailsApi(Cursors cursors) {
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(Route.get("/users/{user_id}/mails", Scope.USERS_READ, calls.read(this::list))
                .withQuery());
    }

    private Response list(Call call) {
        var user = UserId.parse(call.request().variable("user_id")).orElseThrow(MailsApi::notFound);
        var work = call.work();
        return new IdList<SubscriberMail>(
                        work.tenant() + "/users/" + user + "/mails",
                        (from, backwards, limit) -> MailsTable.list(
                                        work.statements(), work.tenant(), user, from, backwards, limit)
                                .orElseThrow(MailsApi::notFound),
                        null,
                        IdList.SMALLEST,
                        SubscriberMail::id,
                        MailsApi::write)
                .response(call.request(), new Query(call.request().query()), cursors);
    }

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }

    private static void write(JsonWriter json, SubscriberMail mail) {
        json.writeStartObject();
        json.writePlainProperty("type", SubscriberMail.TYPE);
        json.writeUuidProperty("id", mail.id());
        json.writeObjectPropertyStart("attributes");
        json.writePlainProperty("kind", mail.kind());
        json.writeStringProperty("recipient", mail.recipient());
        json.writeStringProperty("language", mail.language());
        json.writePlainProperty("status", mail.status().toUpperCase(Locale.ROOT));
        json.writeNumberProperty("attempts", mail.attempts());
        json.writeNumberProperty("created_time", mail.createdTime());
        json.writeNumberProperty("expires_time", mail.expiresTime());
        json.writeNumberProperty("finished_time", mail.finishedTime());
        json.writeNumberProperty("next_attempt_time", mail.nextAttemptTime());
        writeAcceptance(json, mail);
        json.writeStringProperty("failure", mail.failure());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeAcceptance(JsonWriter json, SubscriberMail mail) {
        if (mail.acceptedHost() == null) {
            json.writeNullProperty("accepted_by");
            return;
        }
        json.writeObjectPropertyStart("accepted_by");
        json.writeStringProperty("host", mail.acceptedHost());
        json.writeStringProperty("response", mail.acceptedResponse());
        json.writeEndObject();
    }
}
