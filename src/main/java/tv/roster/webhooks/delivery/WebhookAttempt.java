package tv.roster.webhooks.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An attempt to deliver an event.
///
/// @param time     in epoch milliseconds
/// @param status   of the response; null if there was none
/// @param response the beginning of its body
public record WebhookAttempt(
        UUID id,
        UUID event,
        long time,
        @Nullable Integer status,
        int milliseconds,
        @Nullable String response,
        @Nullable String detail) {
    public static final String TYPE = "WebhookDelivery";

    /// How many of an endpoint are kept.
    static final int KEPT = 1000;
}
