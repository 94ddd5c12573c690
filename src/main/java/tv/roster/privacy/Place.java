package tv.roster.privacy;

import java.util.Locale;

/// Where personal data is, as the receipt of an erasure names it.
public enum Place {
    USERS,
    PROFILES,
    DELETED_COPIES,
    MAILS,
    LINKS,
    FAILED_LOGINS,
    KEPT_ANSWERS,
    IMPORT_ROWS,
    REJECTED_ROWS,
    WEBHOOK_ATTEMPTS,
    EVENTS;

    /// The word in the receipt, such as `deleted_copies`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
