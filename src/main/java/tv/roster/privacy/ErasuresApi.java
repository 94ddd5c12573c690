package tv.roster.privacy;

import java.util.List;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Document;
import tv.roster.values.ids.ErasureId;

/// `/erasures`: erases a person, and shows the receipt.
public final class ErasuresApi {
    private final Erasures erasures;

    public ErasuresApi(Erasures erasures) {
        this.erasures = erasures;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.post("/erasures", Scope.PRIVACY, calls.write(this::create)),
                Route.get("/erasures/{erasure_id}", Scope.PRIVACY, calls.read(this::get)));
    }

    private Prepared create(Call call) {
        var wanted = ErasureReader.read(call.request().body());
        return applied -> {
            var erasure = erasures.erase(applied.work(), wanted);
            return response(applied, erasure, 201).with("Location", url(applied, erasure));
        };
    }

    private Response get(Call call) {
        var id = ErasureId.parse(call.request().variable("erasure_id")).orElseThrow(Erasures::noReceipt);
        return response(call, erasures.find(call.work(), id.value()), 200);
    }

    private static Response response(Call call, Erasure erasure, int status) {
        var self = url(call, erasure);
        return Document.of(self, json -> write(json, self, erasure)).response(status);
    }

    private static String url(Call call, Erasure erasure) {
        return UserManagement.base(call.request()) + "/erasures/" + erasure.id();
    }

    private static void write(JsonWriter json, String self, Erasure erasure) {
        json.writeStartObject();
        json.writePlainProperty("type", Erasure.TYPE);
        json.writeUuidProperty("id", erasure.id());
        json.writeObjectPropertyStart("attributes");
        json.writeUuidProperty("user_id", erasure.user().value());
        json.writeNumberProperty("requested_time", erasure.requestedTime());
        json.writeNumberProperty("finished_time", erasure.finishedTime());
        json.writeArrayPropertyStart("removed");
        erasure.removed().forEach((place, count) -> {
            json.writeStartObject();
            json.writePlainProperty("place", place.word());
            json.writeNumberProperty("count", count);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
        writeAuthor(json, erasure);
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", self);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeAuthor(JsonWriter json, Erasure erasure) {
        json.writeObjectPropertyStart("relationships");
        json.writeObjectPropertyStart("author");
        json.writeObjectPropertyStart("data");
        json.writePlainProperty("type", erasure.agent() == null ? "ApiKey" : "Agent");
        json.writeStringProperty("id", String.valueOf(erasure.agent() == null ? erasure.author() : erasure.agent()));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
