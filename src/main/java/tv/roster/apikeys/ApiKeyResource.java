package tv.roster.apikeys;

import org.jspecify.annotations.Nullable;
import tv.roster.access.ApiKeySecret;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.ids.Ids;

/// Writes keys as JSON:API resource objects; `base` is the absolute address of the admin API.
final class ApiKeyResource {
    private ApiKeyResource() {}

    static String url(String base, ApiKey key) {
        return base + "/api_keys/" + key.id();
    }

    /// `secret` is only present for a key that has just been created or rotated.
    static void write(JsonWriter json, ApiKey key, @Nullable ApiKeySecret secret, String base) {
        json.writeStartObject();
        json.writeStringProperty("type", ApiKey.TYPE);
        json.writeStringProperty("id", key.id().toString());
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url(base, key));
        json.writeEndObject();
        writeAttributes(json, key, secret);
        writeTenant(json, key, base);
        json.writeObjectPropertyStart("meta");
        json.writeNumberProperty("created_time", Ids.epochSecond(key.id().value()));
        json.writeNumberProperty("updated_time", key.updatedTime());
        json.writeNumberProperty("version", key.version());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeAttributes(JsonWriter json, ApiKey key, @Nullable ApiKeySecret secret) {
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("name", key.name());
        json.writeStringProperty("prefix", key.prefix());
        if (secret != null) {
            json.writeStringProperty("secret", secret.value());
        }
        texts(json, "scopes", key.scopes());
        texts(json, "ip_allow_list", key.allowList());
        json.writeStringProperty("rate_limit", key.rateLimit());
        time(json, "expires_time", key.expiresTime());
        time(json, "last_used_time", key.lastUsedTime());
        time(json, "revoked_time", key.revokedTime());
        time(json, "former_secret_until", key.formerUntil());
        json.writeEndObject();
    }

    private static void writeTenant(JsonWriter json, ApiKey key, String base) {
        json.writeObjectPropertyStart("relationships");
        json.writeObjectPropertyStart("tenant");
        if (key.tenant() == null) {
            json.writeNullProperty("data");
        } else {
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("type", "Tenant");
            json.writeStringProperty("id", key.tenant().toString());
            json.writeEndObject();
            json.writeObjectPropertyStart("links");
            json.writeStringProperty("related", base + "/tenants/" + key.tenant());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void texts(JsonWriter json, String name, Iterable<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void time(JsonWriter json, String name, @Nullable Long time) {
        if (time == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, time);
        }
    }
}
