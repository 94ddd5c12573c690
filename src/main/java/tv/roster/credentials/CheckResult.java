package tv.roster.credentials;

import java.util.Locale;

/// The result of a login check.
enum CheckResult {
    ACCEPTED,
    WRONG_CREDENTIALS,
    NOT_REGISTERED,
    LOGIN_RESTRICTED,
    TOO_MANY_ATTEMPTS;

    /// The value in the response, such as `wrong_credentials`.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
