package tv.roster.tenants;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.users.values.EmailAddress;
import tv.roster.values.Sent;
import tv.roster.values.brands.BrandColor;
import tv.roster.values.brands.BrandUrl;
import tv.roster.values.text.Text;

/// Reads the `settings` of a tenant, member by member: a value replaces the stored one, null restores the default.
final class SettingsReader {
    private static final int LONGEST_SENDER_NAME = 128;
    private static final int MOST_LANGUAGES = 50;
    private static final int MINUTE = 60;
    private static final int WEEK = 7 * 24 * 60 * 60;
    private static final int YEAR = 365 * 24 * 60 * 60;
    private static final int LEAST_AUDIT_DAYS = 30;
    private static final int MOST_EVENT_DAYS = 3650;
    private static final int MOST_GRACE_DAYS = 365;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?");

    private final Members members;
    private final Map<String, @Nullable Object> changes = new HashMap<>();

    private SettingsReader(Members members) {
        this.members = members;
    }

    static Map<String, @Nullable Object> read(Members members) {
        var change = new SettingsReader(members);
        change.seconds("activation_link_seconds", YEAR);
        change.seconds("reset_link_seconds", WEEK);
        change.text("sender_name", SettingsReader::senderName);
        change.text("sender_address", text -> EmailAddress.parse(text).value());
        change.languages();
        change.text("default_language", SettingsReader::language);
        change.text("rate_limit", text -> RateLimit.parse(text).toString());
        change.text("key_rate_limit", text -> RateLimit.parse(text).toString());
        change.retention();
        change.deletionGrace();
        change.text("continue_url", text -> BrandUrl.parse(text).text());
        change.text("logo_url", text -> BrandUrl.parse(text).text());
        change.text("brand_color", text -> BrandColor.parse(text).toString());
        members.refuseUnknown();
        return change.changes;
    }

    private void note(String name, Sent<?> sent) {
        if (sent.present()) {
            changes.put(name, sent.value());
        }
    }

    private void text(String name, Function<String, String> check) {
        note(name, members.text(name, check));
    }

    private void seconds(String name, int most) {
        integer(name, MINUTE, most, "A link is valid for " + MINUTE + " to " + most + " seconds.");
    }

    private void retention() {
        integer("event_retention_days", 1, MOST_EVENT_DAYS, "Events are kept for 1 to " + MOST_EVENT_DAYS + " days.");
        integer(
                "audit_retention_days",
                LEAST_AUDIT_DAYS,
                MOST_EVENT_DAYS,
                "The audit is kept for " + LEAST_AUDIT_DAYS + " to " + MOST_EVENT_DAYS + " days.");
    }

    private void deletionGrace() {
        integer(
                "deletion_grace_days",
                0,
                MOST_GRACE_DAYS,
                "Deleted users can be restored for 0 to " + MOST_GRACE_DAYS + " days.");
    }

    private void integer(String name, int least, int most, String range) {
        var sent = members.integer(name);
        if (sent.value() != null && (sent.value() < least || sent.value() > most)) {
            members.problems().add(ErrorCode.INVALID_VALUE, range, members.pointer(name));
        }
        note(name, sent);
    }

    private void languages() {
        Sent<List<String>> sent = members.texts("languages", MOST_LANGUAGES, SettingsReader::language);
        if (sent.value() != null
                && sent.value().stream().distinct().count() < sent.value().size()) {
            members.problems().add(ErrorCode.INVALID_VALUE, "A language is repeated.", members.pointer("languages"));
        }
        note("languages", sent);
    }

    private static String senderName(String text) {
        Text.checkName(text, LONGEST_SENDER_NAME);
        return text;
    }

    private static String language(String text) {
        if (!LANGUAGE.matcher(text).matches()) {
            throw new InvalidValue("A language is written as in RFC 5646, such as en, fi or pt-BR.");
        }
        return text;
    }
}
