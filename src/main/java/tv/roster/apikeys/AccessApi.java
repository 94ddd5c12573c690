package tv.roster.apikeys;

import java.util.List;
import java.util.Locale;
import tv.roster.access.Caller;
import tv.roster.access.KnownKey;
import tv.roster.access.Scope;
import tv.roster.access.ratelimit.Claim;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// `GET /access`, for any key on both bases: how the server has identified the caller.
public final class AccessApi {
    public List<Route<Caller>> routes() {
        return List.of(Route.get("/access", AccessApi::demandKey, AccessApi::get));
    }

    private static void demandKey(Caller caller) {
        if (!(caller.identity() instanceof KnownKey)) {
            throw new Refusal(ErrorCode.OPERATION_NOT_SUPPORTED, "Only keys ask for what they are.");
        }
    }

    private static Response get(Caller caller, Request request) {
        return Document.of(request.url(), json -> write(json, caller))
                .response(200)
                .with("Cache-Control", "no-store");
    }

    private static void write(JsonWriter json, Caller caller) {
        if (!(caller.identity() instanceof KnownKey key)) {
            throw new IllegalStateException("Only keys ask for what they are");
        }
        json.writeStartObject();
        json.writeStringProperty("type", "Access");
        json.writeStringProperty("id", key.id().toString());
        json.writeObjectPropertyStart("attributes");
        writeTenant(json, key);
        json.writeObjectPropertyStart("api_key");
        json.writeStringProperty("id", key.id().toString());
        json.writeStringProperty("name", key.name());
        json.writeStringProperty("prefix", key.prefix());
        if (key.expiresTime() == null) {
            json.writeNullProperty("expires_time");
        } else {
            json.writeNumberProperty("expires_time", key.expiresTime());
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("scopes");
        key.scopes().stream().map(Scope::word).sorted().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("rate_limits");
        key.claims().forEach(claim -> write(json, claim));
        json.writeEndArray();
        json.writeStringProperty("address", caller.address());
        json.writeStringProperty("address_from", caller.from().origin().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeTenant(JsonWriter json, KnownKey key) {
        var tenant = key.tenant();
        if (tenant == null) {
            json.writeNullProperty("tenant");
            return;
        }
        json.writeObjectPropertyStart("tenant");
        json.writeStringProperty("id", tenant.id().toString());
        json.writeStringProperty("slug", tenant.slug());
        json.writeStringProperty("name", tenant.name());
        json.writeEndObject();
    }

    private static void write(JsonWriter json, Claim claim) {
        json.writeStartObject();
        json.writeStringProperty("of", claim.policy().headerName());
        json.writeStringProperty("limit", claim.limit().toString());
        json.writeEndObject();
    }
}
