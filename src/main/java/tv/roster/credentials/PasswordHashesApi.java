package tv.roster.credentials;

import java.util.List;
import tv.roster.access.Administration;
import tv.roster.access.Caller;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.events.log.EventLines;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// `PUT …/password_hash` of the admin API: sets a user's password by its hash from another system.
public final class PasswordHashesApi {
    private static final String TYPE = "PasswordHash";

    private final Statements database;
    private final EventLines lines;

    public PasswordHashesApi(Statements database, EventLines lines) {
        this.database = database;
        this.lines = lines;
    }

    public List<Route<Caller>> routes() {
        return List.of(Route.put(
                "/tenants/{tenant_id}/users/{user_id}/password_hash", Administration.OF_OWN_TENANT, this::replace));
    }

    private Response replace(Caller caller, Request request) {
        var tenant = TenantId.parse(request.variable("tenant_id")).orElseThrow(PasswordHashesApi::notFound);
        if (!caller.reaches(tenant)) {
            throw notFound();
        }
        var user = UserId.parse(request.variable("user_id")).orElseThrow(PasswordHashesApi::notFound);
        var hash = read(request.body());
        var line = lines.next(caller.author(request.id()));
        if (!PasswordHashesTable.replace(database, tenant, user, hash, line)) {
            throw notFound();
        }
        return Response.empty(204);
    }

    private static PasswordHash read(byte[] body) {
        var document = new ResourceDocument(body, TYPE);
        document.refuseId();
        var attributes = document.attributes();
        var sent = attributes.text("hash", PasswordHasher::imported);
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

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }
}
