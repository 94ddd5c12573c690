package tv.roster.credentials;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.UserManagement;
import tv.roster.credentials.strength.Password;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.values.Sent;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.UserId;

/// `POST /credential_checks`: the login check for the platform's login service.
public final class CredentialChecksApi {
    private static final String TYPE = "CredentialCheck";

    private final CredentialChecks checks;
    private final Ids ids;

    public CredentialChecksApi(CredentialChecks checks, Ids ids) {
        this.checks = checks;
        this.ids = ids;
    }

    /// The check runs as a read: with an `Idempotency-Key`, its response would remain `accepted` for a day, even if
    /// the user changes.
    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(Route.post("/credential_checks", Scope.CREDENTIALS_VERIFY, calls.read(this::check)));
    }

    private record Wanted(LoginName name, Password password) {}

    private Response check(Call call) {
        var wanted = read(call.request().body());
        var outcome = checks.check(call.work(), wanted.name(), wanted.password());
        return Document.withoutLinks(json -> write(json, outcome, UserManagement.base(call.request())))
                .response(200)
                .with("Cache-Control", "no-store");
    }

    private static Wanted read(byte[] body) {
        var document = new ResourceDocument(body, TYPE);
        document.refuseId();
        var attributes = document.attributes();
        var email = demanded(attributes, "email", attributes.text("email", LoginName::email));
        var externalId = demanded(attributes, "external_id", attributes.text("external_id", LoginName::externalId));
        var password = demanded(attributes, "password", attributes.text("password", Password::presented));
        if (attributes.raw("email") == null == (attributes.raw("external_id") == null)) {
            document.problems().add(ErrorCode.INVALID_VALUE, "Send one of email and external_id.", "/data/attributes");
        }
        if (attributes.raw("password") == null) {
            document.problems().add(ErrorCode.INVALID_VALUE, "The password is missing.", "/data/attributes");
        }
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        var name = email == null ? externalId : email;
        if (name == null || password == null) {
            throw new IllegalStateException("Missing members were reported above");
        }
        return new Wanted(name, password);
    }

    private static <T> @Nullable T demanded(Members attributes, String member, Sent<T> sent) {
        if (attributes.isNull(member)) {
            attributes.problems().add(ErrorCode.WRONG_TYPE, "This has to be a string.", attributes.pointer(member));
        }
        return sent.value();
    }

    private void write(JsonWriter json, CredentialChecks.Outcome outcome, String base) {
        json.writeStartObject();
        json.writeStringProperty("type", TYPE);
        json.writeStringProperty("id", ids.next().toString());
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("result", outcome.result().word());
        json.writeEndObject();
        if (outcome.user() != null) {
            writeUser(json, outcome.user(), base);
        }
        json.writeEndObject();
    }

    private static void writeUser(JsonWriter json, UserId user, String base) {
        json.writeObjectPropertyStart("relationships");
        json.writeObjectPropertyStart("user");
        json.writeObjectPropertyStart("data");
        json.writeStringProperty("type", "User");
        json.writeStringProperty("id", user.toString());
        json.writeEndObject();
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("related", base + "/users/" + user);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
