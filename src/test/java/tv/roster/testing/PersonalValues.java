package tv.roster.testing;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Values of persons that tests have sent, as far as they are distinctive enough to be looked for in a log. A line is
/// searched for all of them in one pass, however many there are.
final class PersonalValues {
    private static final Pattern EMAIL = Pattern.compile("[^\\s\"'<>,;:=&]{1,64}(?:@|%40)[\\p{L}\\p{N}.-]{4,100}");
    private static final Pattern TELEPHONE = Pattern.compile("\\+[0-9][0-9 ]{6,20}[0-9]");
    private static final Pattern MEMBER =
            Pattern.compile("\"(?:name|external_id|password|new_password)\"\\s*:\\s*\"([^\"\\\\]{8,128})\"");

    /// A word of one case may be said by anybody: `password`.
    private static final Pattern COMMON = Pattern.compile("[a-z]+|[A-Z]+");

    private static final int SHORTEST = 8;

    /// Tests of many rows send more of the same.
    private static final int MOST = 200_000;

    private final Map<String, Set<String>> byHead = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /// Adds the addresses, numbers, names, external ids and passwords in a request.
    void addThoseOf(String text) {
        EMAIL.matcher(text).results().forEach(email -> add(email.group().replace("%40", "@")));
        TELEPHONE.matcher(text).results().forEach(number -> {
            add(number.group());
            add(number.group().replaceAll("[^0-9]", ""));
        });
        MEMBER.matcher(text).results().map(member -> member.group(1)).forEach(value -> {
            if (!COMMON.matcher(value).matches()) {
                add(value);
            }
        });
    }

    void add(String value) {
        var lower = value.strip().toLowerCase(Locale.ROOT);
        if (lower.length() >= SHORTEST
                && count.get() < MOST
                && byHead.computeIfAbsent(lower.substring(0, SHORTEST), head -> ConcurrentHashMap.newKeySet())
                        .add(lower)) {
            count.incrementAndGet();
        }
    }

    int count() {
        return count.get();
    }

    /// A value that a line contains in any case, and not as a part of a longer word.
    Optional<String> in(String line) {
        var lower = line.toLowerCase(Locale.ROOT);
        for (int at = 0; at + SHORTEST <= lower.length(); at++) {
            if (at > 0 && Character.isLetterOrDigit(lower.charAt(at - 1))) {
                continue;
            }
            for (var value : byHead.getOrDefault(lower.substring(at, at + SHORTEST), Set.of())) {
                int end = at + value.length();
                if (lower.startsWith(value, at)
                        && (end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end)))) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }
}
