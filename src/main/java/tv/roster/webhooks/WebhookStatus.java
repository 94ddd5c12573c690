package tv.roster.webhooks;

/// Whether events are pushed to an endpoint.
enum WebhookStatus {
    ENABLED,
    /// By a call.
    PAUSED,
    /// By Roster.
    DISABLED
}
