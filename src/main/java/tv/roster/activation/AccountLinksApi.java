package tv.roster.activation;

import java.util.List;
import java.util.Objects;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.activation.AccountLinks.MadeLink;
import tv.roster.calls.Call;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.UserId;

/// `POST /users/{user_id}/activation_links` and `…/password_reset_links`.
public final class AccountLinksApi {
    private final AccountLinks links;

    public AccountLinksApi(AccountLinks links) {
        this.links = links;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.post(
                        "/users/{user_id}/activation_links",
                        Scope.USERS_WRITE,
                        (caller, request) -> make(calls, LinkKind.ACTIVATION, caller, request)),
                Route.post(
                        "/users/{user_id}/password_reset_links",
                        Scope.USERS_WRITE,
                        (caller, request) -> make(calls, LinkKind.PASSWORD_RESET, caller, request)));
    }

    /// A response that contains the link is not stored for an `Idempotency-Key`, since only hashes of tokens are
    /// stored. Repeating the request creates a newer link, which serves the same purpose.
    private Response make(TenantCalls calls, LinkKind kind, Caller caller, Request request) {
        var user = UserId.parse(request.variable("user_id"))
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such user."));
        var delivery = delivery(request.body(), kind);
        var handler = delivery == Delivery.NONE
                ? calls.read(call -> make(call, user, kind, delivery))
                : calls.write(call -> applied -> make(applied, user, kind, delivery));
        return handler.handle(caller, request);
    }

    /// By mail unless the body says otherwise; the body is optional.
    private static Delivery delivery(byte[] body, LinkKind kind) {
        if (body.length == 0) {
            return Delivery.EMAIL;
        }
        var document = new ResourceDocument(body, kind.type());
        document.refuseId();
        var delivery = document.attributes().text("delivery", Delivery::parse);
        if (document.attributes().isNull("delivery")) {
            document.problems().add(ErrorCode.WRONG_TYPE, "This has to be a string.", "/data/attributes/delivery");
        }
        document.attributes().refuseReadOnly("url", "expires_time");
        document.attributes().refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        return Objects.requireNonNullElse(delivery.value(), Delivery.EMAIL);
    }

    private Response make(Call call, UserId user, LinkKind kind, Delivery delivery) {
        var wanted = new LinkRequest(user, kind, delivery, null, null);
        var made = links.make(call.work(), wanted);
        return Document.withoutLinks(json -> write(json, made, wanted, call.request()))
                .response(201)
                .with("Cache-Control", "no-store");
    }

    private static void write(JsonWriter json, MadeLink made, LinkRequest wanted, Request request) {
        json.writeStartObject();
        json.writeStringProperty("type", wanted.kind().type());
        json.writeStringProperty("id", made.id().toString());
        json.writeObjectPropertyStart("attributes");
        if (wanted.delivery() == Delivery.NONE) {
            json.writeStringProperty("url", wanted.kind().url(request.origin(), made.token()));
        }
        json.writeStringProperty("delivery", wanted.delivery().word());
        json.writeNumberProperty("expires_time", made.expiresTime());
        json.writeEndObject();
        json.writeObjectPropertyStart("relationships");
        json.writeObjectPropertyStart("user");
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("related", UserManagement.base(request) + "/users/" + wanted.user());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
