package tv.roster.credentials.strength;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a new password is too easy to guess (NIST SP 800-63B, section 5.1.1.2).
public enum Weakness {
    SHORT("The password must have at least " + Password.SHORTEST + " characters."),
    COMMON("The password is one of those that many people use."),
    PLAIN("The password is a short group of characters repeated, or a sequence of the alphabet or the keyboard."),
    OWN("The password consists only of the person's own name, address, number or id.");

    private final String detail;

    Weakness(String detail) {
        this.detail = detail;
    }

    /// What is wrong, as a message for the client.
    public String detail() {
        return detail;
    }

    /// Its key in the texts of pages.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The weakness of a password regardless of the user; null if there is none.
    static @Nullable Weakness of(String prepared) {
        if (prepared.codePointCount(0, prepared.length()) < Password.SHORTEST) {
            return SHORT;
        }
        var folded = Normalizer.normalize(prepared, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (CommonPasswords.contains(folded)) {
            return COMMON;
        }
        return PlainPatterns.make(folded) ? PLAIN : null;
    }
}
