package tv.roster.console.overview;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts calls by minute and outcome, for the last 60 minutes. Takes no lock and makes no object: each place has the
/// minute that it counts in its upper half and the count in its lower one, so that the first call of a minute is what
/// clears the place.
final class MinuteCounts {
    static final int MINUTES = 60;

    private static final int HALF = Integer.SIZE;

    private final Map<Outcome, AtomicLongArray> places = new EnumMap<>(Outcome.class);

    /// What became of a call.
    enum Outcome {
        DONE,
        REJECTED,
        FAILED;

        private static final int FIRST_REJECTION = 400;
        private static final int FIRST_FAILURE = 500;

        static Outcome of(int status) {
            return status < FIRST_REJECTION ? DONE : status < FIRST_FAILURE ? REJECTED : FAILED;
        }
    }

    MinuteCounts() {
        for (var outcome : Outcome.values()) {
            places.put(outcome, new AtomicLongArray(MINUTES));
        }
    }

    /// Counts one more call in this minute, in minutes since the epoch.
    void count(long minute, Outcome outcome) {
        places(outcome).accumulateAndGet(Math.floorMod(minute, MINUTES), minute, MinuteCounts::oneMore);
    }

    private static long oneMore(long place, long minute) {
        return place >>> HALF == minute ? place + 1 : (minute << HALF) + 1;
    }

    long of(long minute, Outcome outcome) {
        long place = places(outcome).get(Math.floorMod(minute, MINUTES));
        return place >>> HALF == minute ? Integer.toUnsignedLong((int) place) : 0;
    }

    private AtomicLongArray places(Outcome outcome) {
        return Objects.requireNonNull(places.get(outcome));
    }
}
