package tv.roster.webhooks;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.text.Timestamps;
import tv.roster.webhooks.signatures.SigningSecret;

/// Writes the WebhookEndpoint resource.
record WebhookEndpointResource(String base) {
    static String url(String base, WebhookEndpoint endpoint) {
        return base + "/webhook_endpoints/" + endpoint.id();
    }

    /// Writes an endpoint with its secret; null unless it is shown.
    void write(JsonWriter json, WebhookEndpoint endpoint, long backlog, @Nullable SigningSecret secret) {
        json.writeStartObject();
        json.writeStringProperty("type", WebhookEndpoint.TYPE);
        json.writeStringProperty("id", endpoint.id().toString());
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("url", endpoint.url());
        json.writeArrayPropertyStart("kinds");
        endpoint.kinds().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("description", endpoint.description());
        json.writeStringProperty("status", endpoint.status().name());
        json.writeStringProperty("disabled_reason", endpoint.disabledReason());
        json.writeNumberProperty("backlog", backlog);
        json.writeNumberProperty("created_time", endpoint.createdTime());
        json.writeNumberProperty("last_success_time", seconds(endpoint.lastSuccessTime()));
        lastFailure(json, endpoint.lastFailure());
        if (secret != null) {
            json.writeStringProperty("secret", secret.reveal());
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url(base, endpoint));
        json.writeStringProperty("deliveries", url(base, endpoint) + "/deliveries");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static @Nullable Long seconds(@Nullable Long milliseconds) {
        return milliseconds == null ? null : TimeUnit.MILLISECONDS.toSeconds(milliseconds);
    }

    private static void lastFailure(JsonWriter json, WebhookEndpoint.@Nullable Failure failure) {
        if (failure == null) {
            json.writeNullProperty("last_failure");
            return;
        }
        json.writeObjectPropertyStart("last_failure");
        json.writeStringProperty("time", Timestamps.text(Instant.ofEpochMilli(failure.time())));
        number(json, "status", failure.status());
        json.writeStringProperty("detail", failure.detail());
        json.writeEndObject();
    }

    static void number(JsonWriter json, String name, @Nullable Integer value) {
        json.writeNumberProperty(name, value == null ? null : value.longValue());
    }
}
