package tv.roster.access;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.timing.Counts;

/// The line of the log about rejected callers: at most one a minute, with their number; the audit log says from where
/// and with which keys.
final class RefusedSummary {
    private static final long MINUTE = 60;
    private static final Map<ErrorCode, String> WORDS = words();

    private final Counts<ErrorCode> counts = new Counts<>(ErrorCode.class);
    private final Map<ErrorCode, Long> told = new LinkedHashMap<>();
    private long toldAt;

    private static Map<ErrorCode, String> words() {
        var words = new LinkedHashMap<ErrorCode, String>();
        words.put(ErrorCode.UNAUTHORIZED, "with a key that is not in force");
        words.put(ErrorCode.IP_NOT_ALLOWED, "from an address that is not on an allow-list");
        words.put(ErrorCode.INSUFFICIENT_SCOPE, "without the scope");
        return words;
    }

    /// From any thread.
    void count(ErrorCode code) {
        counts.increment(code);
    }

    /// The line, if there is something to say and the last one was a minute ago. For one thread; `now` is in epoch
    /// seconds.
    Optional<String> due(long now) {
        if (now - toldAt < MINUTE) {
            return Optional.empty();
        }
        var parts = new StringJoiner(", ");
        WORDS.forEach((code, words) -> {
            long all = counts.of(code);
            long more = all - told.getOrDefault(code, 0L);
            told.put(code, all);
            if (more > 0) {
                parts.add(String.format(Locale.ROOT, "%,d %s", more, words));
            }
        });
        if (parts.length() == 0) {
            return Optional.empty();
        }
        toldAt = now;
        return Optional.of("Rejected calls: " + parts + "; the audit log has the details (./roster events)");
    }
}
