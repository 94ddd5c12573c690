package tv.roster.webhooks.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// When an event is tried again.
final class RetrySchedule {
    /// For so long an event is tried, and an endpoint without any success stays enabled.
    static final Duration PATIENCE = Duration.ofDays(3);

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2));

    /// Waits are up to a fifth longer, so that what failed together is not tried together.
    private static final int JITTER = 5;

    private RetrySchedule() {}

    /// The wait after this many failures, in milliseconds, at least as long as the server asks for in `Retry-After`.
    static long waitAfter(int failures, @Nullable String retryAfter, Instant now) {
        long wait = WAITS.get(Math.min(failures, WAITS.size()) - 1).toMillis();
        long jittered = wait + ThreadLocalRandom.current().nextLong(wait / JITTER);
        return Math.max(jittered, Math.min(asked(retryAfter, now), PATIENCE.toMillis()));
    }

    /// RFC 9110, section 10.2.3: seconds, or a date.
    private static long asked(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return 0;
        }
        if (retryAfter.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(retryAfter)).toMillis();
        }
        try {
            var date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, date.toInstant()).toMillis();
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
