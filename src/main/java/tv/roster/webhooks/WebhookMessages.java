package tv.roster.webhooks;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tv.roster.platform.outgoing.Message;
import tv.roster.webhooks.signatures.SigningSecret;

/// The messages of Standard Webhooks.
final class WebhookMessages {
    private static final String TYPE = "application/json";
    private static final String AGENT = "Roster-Webhooks";

    private WebhookMessages() {}

    /// A message with the signatures of all these secrets.
    static Message signed(UUID id, byte[] body, List<SigningSecret> secrets, InstantSource clock) {
        long timestamp = clock.instant().getEpochSecond();
        var signatures = secrets.stream()
                .map(secret -> secret.sign(id.toString(), timestamp, body))
                .collect(Collectors.joining(" "));
        return new Message(
                Map.of(
                        "content-type",
                        TYPE,
                        "user-agent",
                        AGENT,
                        "accept",
                        "*/*",
                        "webhook-id",
                        id.toString(),
                        "webhook-timestamp",
                        Long.toString(timestamp),
                        "webhook-signature",
                        signatures),
                body);
    }
}
