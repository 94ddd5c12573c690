package tv.roster.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How times and lists are written on the command line and in tables.
final class Words {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([smhd])");

    private Words() {}

    /// A duration such as `90s`, `15m`, `24h` or `30d`.
    static Duration duration(String text) {
        var form = DURATION.matcher(text);
        if (!form.matches()) {
            throw new Failure(Failure.MISUSED, "\"" + text + "\" is no length of time such as 90s, 15m, 24h or 30d.");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /// A time in epoch seconds: a date (its first second, UTC), an ISO 8601 time, or a duration from now;
    /// `direction` is 1 for the future and -1 for the past.
    static long moment(String text, int direction) {
        if (DURATION.matcher(text).matches()) {
            return Clock.systemUTC().instant().getEpochSecond()
                    + direction * duration(text).toSeconds();
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toEpochSecond()
                    : Instant.parse(text).getEpochSecond();
        } catch (DateTimeException e) {
            throw new Failure(
                    Failure.MISUSED, "\"" + text + "\" is no time such as 2027-01-31, 2027-01-31T12:00:00Z or 90d.");
        }
    }

    /// An epoch second in ISO 8601, or a hyphen.
    static String time(JsonNode epochSecond) {
        return epochSecond.isIntegralNumber()
                ? Instant.ofEpochSecond(epochSecond.asLong())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                : "-";
    }

    static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "-" : value.asString();
    }

    /// The texts of an array separated by commas, or `none`.
    static String list(JsonNode array, String none) {
        return array.isEmpty()
                ? none
                : array.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    /// Puts an array of these texts; nothing if they were not given.
    static void put(ObjectNode attributes, String name, @Nullable Iterable<String> texts) {
        if (texts != null) {
            var array = attributes.putArray(name);
            texts.forEach(array::add);
        }
    }
}
