package tv.roster.console.administer;

import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What the kinds of entries in the audit mean, in plain language.
final class AuditSentences {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("user.created", "Subscriber created"),
            Map.entry("user.updated", "Subscriber changed"),
            Map.entry("user.deleted", "Subscriber deleted"),
            Map.entry("user.restored", "Subscriber restored"),
            Map.entry("user.erased", "Subscriber erased"),
            Map.entry("user.viewed", "Subscriber looked at"),
            Map.entry("user.personal_data_exported", "Personal data exported"),
            Map.entry("user.activated", "Registered by activation link"),
            Map.entry("user.password_changed", "Password changed"),
            Map.entry("user.password_reset", "Password reset by link"),
            Map.entry("user.password_imported", "Password hash imported"),
            Map.entry("user.login_locked", "10 wrong passwords: login locked"),
            Map.entry("user.login_unlocked", "Lockout ended"),
            Map.entry("user.activation_link_made", "Activation link made"),
            Map.entry("user.password_reset_link_made", "Password reset link made"),
            Map.entry("user.links_ended", "All links ended"),
            Map.entry("profile.created", "Profile created"),
            Map.entry("profile.updated", "Profile changed"),
            Map.entry("profile.deleted", "Profile deleted"),
            Map.entry("tenant.created", "Tenant created"),
            Map.entry("tenant.updated", "Settings of the tenant changed"),
            Map.entry("tenant.deleted", "Tenant deleted"),
            Map.entry("api_key.created", "API key created"),
            Map.entry("api_key.updated", "API key changed"),
            Map.entry("api_key.rotated", "API key rotated"),
            Map.entry("api_key.revoked", "API key revoked"),
            Map.entry("webhook_endpoint.created", "Webhook created"),
            Map.entry("webhook_endpoint.updated", "Webhook changed"),
            Map.entry("webhook_endpoint.deleted", "Webhook removed"),
            Map.entry("webhook_endpoint.disabled", "Webhook disabled, since it had failed for too long"),
            Map.entry("webhook_endpoint.replayed", "Events of a webhook delivered again"),
            Map.entry("webhook_endpoint.secret_rotated", "Secret of a webhook rotated"),
            Map.entry("agent.created", "Agent invited"),
            Map.entry("agent.updated", "Agent changed"),
            Map.entry("agent.deleted", "Agent deleted"),
            Map.entry("agent.signed_in", "Signed in"),
            Map.entry("agent.locked", "10 wrong passwords or codes: sign-in locked"),
            Map.entry("agent.sessions_ended", "All sessions ended"),
            Map.entry("agent.setup_link_made", "Setup link made"),
            Map.entry("installation.secret_rotated", "Secret of the installation rotated"));

    private static final Map<String, String> REJECTED = Map.of(
            "access.unauthorized", "key not valid",
            "access.ip_not_allowed", "address not allowed",
            "access.insufficient_scope", "scope missing");

    private AuditSentences() {}

    /// The sentence for an event, whose kind stands for itself if only a newer server knows it.
    static String of(JsonNode event) {
        var kind = event.path("kind").asString("");
        var reason = REJECTED.get(kind);
        if (reason == null) {
            return SENTENCES.getOrDefault(kind, kind);
        }
        long count = event.path("after").path("count").asLong(1);
        return count == 1
                ? "Call rejected: " + reason
                : String.format(Locale.ENGLISH, "%,d calls rejected: %s", count, reason);
    }
}
