package tv.roster.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.WebhookEndpointId;

/// A server to which events are pushed.
///
/// @param kinds           kinds of events, or groups of them; empty for all
/// @param disabledReason  why it is disabled; null unless it is
/// @param createdTime     in epoch seconds
/// @param lastSuccessTime in epoch milliseconds
record WebhookEndpoint(
        TenantId tenant,
        WebhookEndpointId id,
        String url,
        List<String> kinds,
        @Nullable String description,
        WebhookStatus status,
        @Nullable String disabledReason,
        String position,
        long createdTime,
        @Nullable Long lastSuccessTime,
        @Nullable Failure lastFailure) {
    static final String TYPE = "WebhookEndpoint";

    /// An attempt that failed.
    ///
    /// @param time   in epoch milliseconds
    /// @param status of the response; null if there was none
    record Failure(
            long time, @Nullable Integer status, @Nullable String detail) {}
}
