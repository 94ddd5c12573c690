package tv.roster.webhooks.delivery;

import java.time.Instant;
import java.util.List;
import tv.roster.events.feed.EventResource;
import tv.roster.events.feed.FeedEvent;
import tv.roster.platform.json.Json;
import tv.roster.platform.outgoing.Message;
import tv.roster.values.text.Timestamps;
import tv.roster.webhooks.signatures.SigningSecret;
import tv.roster.webhooks.signatures.WebhookMessages;

/// Makes messages of events, signed with the secrets of an endpoint.
final class Signing {
    private final List<SigningSecret> current;
    private final List<SigningSecret> both;
    private final long bothUntil;
    private final DeliveryMeans means;

    Signing(Assigned endpoint, DeliveryMeans means) {
        this.means = means;
        var id = endpoint.key().id();
        var former = endpoint.formerSealedSecret();
        var until = endpoint.formerSecretUntil();
        current = means.secrets().open(List.of(endpoint.sealedSecret()), id);
        both = former == null ? current : means.secrets().open(List.of(endpoint.sealedSecret(), former), id);
        bothUntil = until == null ? 0 : until;
    }

    boolean hasSecret() {
        return !current.isEmpty();
    }

    Message message(FeedEvent event) {
        Instant now = means.lines().clock().instant();
        var body = Json.write(json -> {
            json.writeStartObject();
            json.writePlainProperty("type", event.kind());
            json.writePlainProperty("timestamp", Timestamps.text(event.time().toInstant()));
            json.writeName("data");
            EventResource.write(json, event);
            json.writeEndObject();
        });
        return WebhookMessages.signed(event.id(), body, now.getEpochSecond() < bothUntil ? both : current, now);
    }
}
