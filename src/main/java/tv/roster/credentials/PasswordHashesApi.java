package tv.roster.credentials;

import java.time.InstantSource;
import java.util.List;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.database.Statements;
import tv.roster.events.Author;
import tv.roster.http.Answer;
import tv.roster.http.Request;
import tv.roster.http.Route;
import tv.roster.ids.Ids;
import tv.roster.ids.TenantId;
import tv.roster.ids.UserId;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.InvalidValue;
import tv.roster.jsonapi.Query;
import tv.roster.jsonapi.Refusal;
import tv.roster.jsonapi.ResourceDocument;

/// `PUT …/password_hash` of the admin API: sets a user's password by its hash from another system.
public final class PasswordHashesApi {
    private static final String TYPE = "PasswordHash";

    private final Statements database;
    private final Ids ids;
    private final InstantSource clock;

    public PasswordHashesApi(Statements database, Ids ids, InstantSource clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route<Caller>> routes() {
        return List.of(Route.put("/tenants/{tenant_id}/users/{user_id}/password_hash", Scope.ADMIN, this::replace));
    }

    private Answer replace(Caller caller, Request request) {
        new Query(request.query()).refuseUnknown();
        var tenant = TenantId.parse(request.variable("tenant_id")).orElseThrow(PasswordHashesApi::notFound);
        var user = UserId.parse(request.variable("user_id")).orElseThrow(PasswordHashesApi::notFound);
        var hash = read(request.body());
        var author = Author.of(ids.next(), clock.instant(), caller.key().id().value(), caller.address(), request.id());
        if (!PasswordHashesTable.replace(database, tenant, user, hash, author)) {
            throw notFound();
        }
        return Answer.empty(204);
    }

    private static PasswordHash read(byte[] body) {
        var document = new ResourceDocument(body, TYPE);
        document.refuseId();
        var attributes = document.attributes();
        var sent = attributes.text("hash", PasswordHashesApi::affordable);
        if (attributes.raw("hash") == null) {
            document.problems().add(ErrorCode.INVALID_VALUE, "The hash is missing.", "/data/attributes");
        } else if (attributes.isNull("hash")) {
            document.problems().add(ErrorCode.WRONG_TYPE, "This has to be a string.", "/data/attributes/hash");
        }
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        var hash = sent.value();
        if (hash == null) {
            throw new IllegalStateException("Missing members were reported above");
        }
        return hash;
    }

    private static PasswordHash affordable(String text) {
        var hash = PasswordHash.parse(text);
        if (!PasswordHasher.hasRoomFor(hash)) {
            throw new InvalidValue("The hash needs more memory than this server has for one ("
                    + HashingLimits.mostMemoryKiB() + " KiB); its operator can raise that.");
        }
        return hash;
    }

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }
}
