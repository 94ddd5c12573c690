package tv.roster.console.overview;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.TenantId;

/// What was last read for each tenant, and for all of them. However many look at it, it is read again only once it is
/// older than a certain age, by one of those who look; the others see what was read before.
final class Remembered<T> {
    private final Function<@Nullable TenantId, T> read;
    private final Duration age;
    private final InstantSource clock;
    private final Map<Optional<TenantId>, Entry<T>> entries = new ConcurrentHashMap<>();

    Remembered(Function<@Nullable TenantId, T> read, Duration age, InstantSource clock) {
        this.read = read;
        this.age = age;
        this.clock = clock;
    }

    private static final class Entry<T> {
        private final AtomicBoolean isBeingRead = new AtomicBoolean();
        private volatile @Nullable Reading<T> latest;
    }

    /// The latest reading for a tenant, or for all (null); null while somebody else reads it for the first time.
    @Nullable
    Reading<T> of(@Nullable TenantId tenant) {
        var entry = entries.computeIfAbsent(Optional.ofNullable(tenant), unknown -> new Entry<>());
        if (isOld(entry.latest) && entry.isBeingRead.compareAndSet(false, true)) {
            try {
                var value = read.apply(tenant);
                entry.latest = new Reading<>(value, now());
            } finally {
                entry.isBeingRead.set(false);
            }
        }
        return entry.latest;
    }

    private boolean isOld(@Nullable Reading<T> reading) {
        return reading == null || now() - reading.time() >= age.toSeconds();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
