package tv.roster.platform.mail;

import org.jspecify.annotations.Nullable;

/// The mail server that accepted a mail.
///
/// @param response what it said, up to 255 characters; may quote the recipient, so that it is personal data
public record Acceptance(String host, String response) {
    private static final int LONGEST = 255;

    /// What the server has said as it came over the line; null if that is unknown.
    static Acceptance of(String host, @Nullable String said) {
        var line =
                said == null ? "" : said.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
        return new Acceptance(host, line.length() <= LONGEST ? line : line.substring(0, LONGEST));
    }

    @Override
    public String toString() {
        return "Acceptance[" + host + "]";
    }
}
