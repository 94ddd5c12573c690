package tv.roster.operations;

import java.util.List;
import java.util.Map;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.platform.jsonapi.MediaTypes;
import tv.roster.platform.jsonapi.Negotiation;
import tv.roster.profiles.Profile;
import tv.roster.profiles.ProfileResource;
import tv.roster.users.User;
import tv.roster.users.v4.UserResource;
import tv.roster.values.ids.ProfileId;

/// The call of JSON:API's extension "Atomic Operations".
public final class OperationsApi {
    private static final String EXTENSION = "https://jsonapi.org/ext/atomic";

    /// As much as a user usually takes, with all of its attributes and links.
    private static final int RESULT_BYTES = 1300;

    private final Operations operations;

    public OperationsApi(Operations operations) {
        this.operations = operations;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        var write = calls.write(this::carryOut);
        return List.of(Route.<Caller>post("/operations", Scope.USERS_WRITE, (caller, request) -> {
                    Negotiation.check(request, EXTENSION);
                    return write.handle(caller, request);
                })
                .withOwnMediaTypes());
    }

    private Prepared carryOut(Call call) {
        var reader = new OperationsReader(call.caller().tenant(), call.request().origin());
        var read = reader.read(call.request().body());
        call.request().reserveMore((long) read.size() * RESULT_BYTES);
        var steps = operations.prepare(call.work(), read);
        return applied -> results(operations.run(applied.work(), steps), UserManagement.base(applied.request()));
    }

    private static Response results(List<Outcome> outcomes, String base) {
        if (outcomes.stream().allMatch(outcome -> outcome == Outcome.Removed.REMOVED)) {
            return Response.empty(204);
        }
        var users = new UserResource(base, Fieldsets.ALL, false);
        var body = Json.write(json -> {
            json.writeStartObject();
            Json.writeVersion(json);
            json.writeArrayPropertyStart("atomic:results");
            outcomes.forEach(outcome -> write(json, outcome, users, base));
            json.writeEndArray();
            json.writeEndObject();
        });
        return new Response(200, Map.of("Content-Type", MediaTypes.jsonApi(EXTENSION), "Vary", "Accept"), body);
    }

    private static void write(JsonWriter json, Outcome outcome, UserResource users, String base) {
        json.writeStartObject();
        if (outcome != Outcome.Removed.REMOVED) {
            json.writeName("data");
        }
        switch (outcome) {
            case Outcome.OfUser(User user) -> users.write(json, user);
            case Outcome.OfProfile(Profile profile) -> ProfileResource.write(json, profile, base, Fieldsets.ALL);
            case Outcome.OfDefaultProfile(ProfileId profile) -> ProfileResource.writeIdentifier(json, profile);
            case Outcome.Removed removed -> {}
        }
        json.writeEndObject();
    }
}
