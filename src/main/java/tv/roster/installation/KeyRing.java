package tv.roster.installation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tv.roster.platform.secrets.KeyUse;

/// The keys for all uses at one moment.
///
/// @param generations the generations that the keys are derived from, beginning with the one that seals
public record KeyRing(List<Generation> generations, long lostUntil, Map<KeyUse, List<byte[]>> keys) {
    private static final int FIRST = 1;

    public static KeyRing of(List<Generation> generations, long lostUntil) {
        var keys = new EnumMap<KeyUse, List<byte[]>>(KeyUse.class);
        for (var use : KeyUse.values()) {
            keys.put(use, keys(use, generations));
        }
        return new KeyRing(generations, lostUntil, keys);
    }

    private static List<byte[]> keys(KeyUse use, List<Generation> generations) {
        var keys = new ArrayList<byte[]>();
        for (var generation : generations) {
            if (generation.secret() != null) {
                keys.add(use.key(generation.secret().bytes()));
            }
        }
        for (var generation : generations) {
            // Before each use had its own key, there was only one generation.
            if (generation.number() == FIRST && generation.secret() != null) {
                keys.add(use.formerKey(generation.secret().bytes()));
            }
        }
        return List.copyOf(keys);
    }

    public List<byte[]> of(KeyUse use) {
        return Objects.requireNonNull(keys.get(use));
    }

    /// Returns this same object if nothing has changed, so that values cached for its keys remain valid.
    public KeyRing at(Generations all, long now) {
        var opening = all.opening(now);
        long lost = all.lostUntil(now);
        return lost == lostUntil && opening.equals(generations) ? this : of(opening, lost);
    }

    @Override
    public String toString() {
        return "KeyRing" + generations.stream().map(Generation::number).toList();
    }
}
