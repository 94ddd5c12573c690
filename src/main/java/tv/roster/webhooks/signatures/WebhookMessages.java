package tv.roster.webhooks.signatures;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tv.roster.platform.outgoing.Message;

/// The messages of Standard Webhooks.
public final class WebhookMessages {
    private static final String TYPE = "application/json";
    private static final String AGENT = "Roster-Webhooks";

    private WebhookMessages() {}

    /// A message with the signatures of all these secrets.
    public static Message signed(UUID id, byte[] body, List<SigningSecret> secrets, Instant now) {
        long timestamp = now.getEpochSecond();
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
