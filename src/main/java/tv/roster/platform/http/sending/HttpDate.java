package tv.roster.platform.http.sending;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `Date` of every response (RFC 9110, sections 5.6.7 and 6.6.1), made once a second.
public final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final long SECOND_MILLIS = 1000;

    private static volatile Formatted latest = Formatted.at(0);

    private record Formatted(long second, String text) {
        static Formatted at(long second) {
            return new Formatted(second, FORMAT.format(Instant.ofEpochSecond(second)));
        }
    }

    private HttpDate() {}

    public static String now() {
        long second = System.currentTimeMillis() / SECOND_MILLIS;
        var made = latest;
        if (made.second() != second) {
            made = Formatted.at(second);
            latest = made;
        }
        return made.text();
    }
}
