package tv.roster.webhooks.delivery;

import java.util.UUID;
import java.util.function.BooleanSupplier;
import tv.roster.events.feed.Feed;
import tv.roster.events.feed.FeedWatch;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.outgoing.OutgoingRequests;
import tv.roster.webhooks.signatures.WebhookSecrets;

/// What the deliveries of a node have in common.
///
/// @param lease whether the node still has its endpoints
public record DeliveryMeans(
        Database database,
        Feed feed,
        FeedWatch watch,
        OutgoingRequests requests,
        WebhookSecrets secrets,
        EventLines lines,
        UUID node,
        BooleanSupplier lease) {
    /// In epoch milliseconds.
    long now() {
        return lines.clock().millis();
    }

    boolean holdsLease() {
        return lease.getAsBoolean();
    }
}
