package tv.roster.credentials;

import java.util.Locale;

/// What a login check finds.
enum CheckResult {
    ACCEPTED,
    WRONG_CREDENTIALS,
    NOT_REGISTERED,
    LOGIN_RESTRICTED,
    TOO_MANY_ATTEMPTS;

    /// The word on the wire, such as `wrong_credentials`.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
