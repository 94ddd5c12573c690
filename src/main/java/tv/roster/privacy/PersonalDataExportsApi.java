package tv.roster.privacy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tv.roster.access.Access;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.RunningCalls;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.MediaTypes;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.values.ids.UserId;

/// `POST /users/{user_id}/personal_data_exports`: everything about one person in one document, which is not stored.
public final class PersonalDataExportsApi {
    static final int MOST_OF_TENANT = 4;
    static final int MOST = 16;

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", MediaTypes.JSON_API, "Vary", "Accept", "Cache-Control", "no-store");

    private final PersonalDataExports exports;
    private final Database database;
    private final Access access;

    /// Each may take as long as its client reads, and holds a page of events.
    private final RunningCalls running = new RunningCalls("personal data exports", MOST_OF_TENANT, MOST);

    public PersonalDataExportsApi(PersonalDataExports exports, Database database, Access access) {
        this.exports = exports;
        this.database = database;
        this.access = access;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(Route.post("/users/{user_id}/personal_data_exports", Scope.PRIVACY, calls.read(this::export))
                .about(calls.subject(call -> exports.find(call.work(), user(call)))));
    }

    private static UserId user(Call call) {
        return UserId.parse(call.request().variable("user_id")).orElseThrow(PersonalDataExports::notFound);
    }

    private Response export(Call call) {
        var user = user(call);
        ResourceDocument.readNothing(call.request().body(), PersonalDataExportResource.TYPE);
        return Response.stream(201, HEADERS, body -> write(call, user, body));
    }

    /// A caller whose key is revoked, or whose address is no longer allowed, gets no further page.
    private void write(Call call, UserId user, OutputStream body) throws IOException {
        var tenant = call.work().tenant();
        try (var _ = running.enter(tenant)) {
            var line = exports.line(call.work());
            var opened = exports.open(call.work(), user, line);
            new PersonalDataExportResource(
                            tenant,
                            user,
                            opened,
                            database.lists(tenant.value()),
                            () -> access.admitStill(call.caller(), Scope.PRIVACY))
                    .write(line.id().value(), line.epochSecond(), body);
        }
    }
}
