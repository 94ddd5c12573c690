package tv.roster.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.values.Sent;
import tv.roster.webhooks.addresses.WebhookUrl;

/// What a request wants to be different; null for what stays. A new endpoint has all but the status.
record WebhookChange(
        @Nullable WebhookUrl url,
        @Nullable List<String> kinds,
        Sent<String> description,
        @Nullable WebhookStatus status) {}
