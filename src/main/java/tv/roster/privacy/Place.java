package tv.roster.privacy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /// The place with this word.
    static Optional<Place> named(String word) {
        return Arrays.stream(values())
                .filter(place -> place.word().equals(word))
                .findFirst();
    }

    /// The word in the receipt, such as `deleted_copies`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
