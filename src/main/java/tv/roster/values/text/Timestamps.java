package tv.roster.values.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Points in time as texts.
public final class Timestamps {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /// As in RFC 3339, in UTC with microseconds.
    public static String text(Instant time) {
        return TEXT.format(time);
    }
}
