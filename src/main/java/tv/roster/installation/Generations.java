package tv.roster.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.roster.installation.Generation.Status;

/// All generations that have existed, newest first, and what each is used for at a given time (epoch seconds).
public record Generations(List<Generation> all) {
    public Generations {
        all = List.copyOf(all);
    }

    Optional<Generation> numbered(int number) {
        return all.stream().filter(one -> one.number() == number).findFirst();
    }

    /// The generations that can open, beginning with the one that seals.
    public List<Generation> opening(long now) {
        var opening =
                new ArrayList<>(all.stream().filter(one -> one.opensAt(now)).toList());
        if (opening.isEmpty()) {
            throw new IllegalStateException("The installation has no secret");
        }
        // If the clock is before all of their times, the oldest generation still seals.
        var sealing = opening.stream()
                .filter(one -> one.sealingTime() <= now)
                .findFirst()
                .orElse(opening.getLast());
        opening.remove(sealing);
        opening.addFirst(sealing);
        return List.copyOf(opening);
    }

    Status status(Generation one, long now) {
        if (!one.opensAt(now)) {
            return Status.REMOVED;
        }
        int sealing = opening(now).getFirst().number();
        return one.number() == sealing ? Status.CURRENT : one.number() > sealing ? Status.PENDING : Status.FORMER;
    }

    /// Values sealed before this time may have been sealed by a removed generation; 0 if none was removed.
    public long lostUntil(long now) {
        long until = 0;
        for (int at = 1; at < all.size(); at++) {
            if (!all.get(at).opensAt(now)) {
                until = Math.max(until, all.get(at - 1).sealingTime());
            }
        }
        return until;
    }
}
