package tv.roster.platform.timing;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts how often each of a closed set has occurred, without locks.
///
/// @param <E> the closed set
public final class Counts<E extends Enum<E>> {
    private final Map<E, LongAdder> counts;

    public Counts(Class<E> kinds) {
        counts = new EnumMap<>(kinds);
        for (var kind : kinds.getEnumConstants()) {
            counts.put(kind, new LongAdder());
        }
    }

    public void increment(E kind) {
        add(kind, 1);
    }

    public void add(E kind, long number) {
        Objects.requireNonNull(counts.get(kind)).add(number);
    }

    public long of(E kind) {
        return Objects.requireNonNull(counts.get(kind)).sum();
    }
}
