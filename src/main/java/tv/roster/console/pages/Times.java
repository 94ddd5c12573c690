package tv.roster.console.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times on pages: in UTC, which the script of the console replaces by the time zone of the browser.
public final class Times {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /// For people, such as `27 Nov 2026, 20:15 UTC`.
    public static String text(long epochSeconds) {
        return TEXT.format(Instant.ofEpochSecond(epochSeconds));
    }

    /// For the attribute `datetime`.
    public static String machine(long epochSeconds) {
        return Instant.ofEpochSecond(epochSeconds).toString();
    }
}
