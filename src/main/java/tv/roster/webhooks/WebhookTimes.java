package tv.roster.webhooks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The times of webhooks as texts (RFC 3339), with the precision that events have.
final class WebhookTimes {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

    private WebhookTimes() {}

    static String text(Instant time) {
        return TEXT.format(time);
    }
}
