package tv.roster.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.brands.Brand;
import tv.roster.values.languages.Language;

/// The settings of a tenant for its subscribers and keys; those that its operator has not set are as in [#DEFAULT].
///
/// @param senderAddress of the mails to subscribers; null for that of the installation
/// @param languages     the languages offered on pages and in mails; empty for all
/// @param rateLimit     for all requests of the tenant together; null for none
/// @param keyRateLimit  for each key without a limit of its own; null for none
/// @param eventRetentionDays how long events of users are kept; the function `delete_expired_events` of the database
///                      has the same default
/// @param auditRetentionDays how long the audit of administration is kept; `delete_expired_admin_events` has the same
///                      default
/// @param deletionGraceDays for how long deleted users can be restored; 0 for not at all. The statement that deletes
///                      users has the same default
/// @param brand         of the pages for subscribers
public record TenantSettings(
        int activationLinkSeconds,
        int resetLinkSeconds,
        @Nullable String senderName,
        @Nullable String senderAddress,
        List<String> languages,
        String defaultLanguage,
        @Nullable RateLimit rateLimit,
        @Nullable RateLimit keyRateLimit,
        int eventRetentionDays,
        int auditRetentionDays,
        int deletionGraceDays,
        Brand brand) {
    private static final int HOUR = 60 * 60;
    private static final int WEEK = 7 * 24 * HOUR;

    private static final int EVENT_RETENTION_DAYS = 90;
    private static final int AUDIT_RETENTION_DAYS = 3 * 365;
    private static final int DELETION_GRACE_DAYS = 30;

    public static final TenantSettings DEFAULT = new TenantSettings(
            WEEK,
            HOUR,
            null,
            null,
            List.of(),
            Language.EN.tag(),
            null,
            null,
            EVENT_RETENTION_DAYS,
            AUDIT_RETENTION_DAYS,
            DELETION_GRACE_DAYS,
            Brand.NONE);

    public TenantSettings {
        languages = List.copyOf(languages);
    }

    /// Reads the stored settings, which were checked when they were written.
    public static TenantSettings of(JsonNode stored) {
        return new TenantSettings(
                stored.path("activation_link_seconds").asInt(DEFAULT.activationLinkSeconds),
                stored.path("reset_link_seconds").asInt(DEFAULT.resetLinkSeconds),
                text(stored, "sender_name"),
                text(stored, "sender_address"),
                stored.path("languages").valueStream().map(JsonNode::asString).toList(),
                stored.path("default_language").asString(DEFAULT.defaultLanguage),
                limit(stored, "rate_limit"),
                limit(stored, "key_rate_limit"),
                stored.path("event_retention_days").asInt(DEFAULT.eventRetentionDays),
                stored.path("audit_retention_days").asInt(DEFAULT.auditRetentionDays),
                stored.path("deletion_grace_days").asInt(DEFAULT.deletionGraceDays),
                Brand.of(text(stored, "continue_url"), text(stored, "logo_url"), text(stored, "brand_color")));
    }

    private static @Nullable String text(JsonNode stored, String name) {
        return stored.path(name).isString() ? stored.path(name).asString() : null;
    }

    private static @Nullable RateLimit limit(JsonNode stored, String name) {
        var text = text(stored, name);
        return text == null ? null : RateLimit.parse(text);
    }

    /// Writes the members of the object, with defaults for those that are not set.
    public void write(JsonWriter json) {
        json.writeNumberProperty("activation_link_seconds", activationLinkSeconds);
        json.writeNumberProperty("reset_link_seconds", resetLinkSeconds);
        json.writeStringProperty("sender_name", senderName);
        json.writeStringProperty("sender_address", senderAddress);
        json.writeArrayPropertyStart("languages");
        languages.forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("default_language", defaultLanguage);
        json.writeStringProperty("rate_limit", text(rateLimit));
        json.writeStringProperty("key_rate_limit", text(keyRateLimit));
        json.writeNumberProperty("event_retention_days", eventRetentionDays);
        json.writeNumberProperty("audit_retention_days", auditRetentionDays);
        json.writeNumberProperty("deletion_grace_days", deletionGraceDays);
        json.writeStringProperty("continue_url", text(brand.continueUrl()));
        json.writeStringProperty("logo_url", text(brand.logo()));
        json.writeStringProperty("brand_color", text(brand.color()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
