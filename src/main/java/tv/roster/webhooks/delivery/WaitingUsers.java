package tv.roster.webhooks.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.UserId;

/// The users of an endpoint who wait, and what of that has to be stored.
final class WaitingUsers {
    private final Map<UserId, WaitingUser> users = new HashMap<>();
    private final Set<UserId> changed = new HashSet<>();
    private final Set<UserId> gone = new HashSet<>();
    private long earliest = Long.MIN_VALUE;
    private int underWay;

    WaitingUsers(List<WaitingUser> stored) {
        stored.forEach(user -> users.put(user.user(), user));
    }

    boolean contains(UserId user) {
        return users.containsKey(user);
    }

    int size() {
        return users.size();
    }

    int underWay() {
        return underWay;
    }

    long parked() {
        return users.values().stream().filter(WaitingUser::isParked).count();
    }

    /// Since when the one that waits longest waits, in epoch milliseconds; null if nobody waits.
    @Nullable
    Long oldest() {
        return users.values().stream()
                .map(WaitingUser::since)
                .min(Long::compare)
                .orElse(null);
    }

    /// The one that has been due longest; null if nobody is due.
    @Nullable
    WaitingUser due(long now) {
        if (now < earliest) {
            return null;
        }
        WaitingUser first = null;
        for (var user : users.values()) {
            if (!user.isUnderWay() && (first == null || user.due() < first.due())) {
                first = user;
            }
        }
        earliest = first == null ? Long.MAX_VALUE : first.due();
        return first == null || first.due() > now ? null : first;
    }

    void add(WaitingUser user) {
        users.put(user.user(), user);
        gone.remove(user.user());
        changed(user);
    }

    /// An attempt for the user begins.
    void begins(WaitingUser user) {
        user.begins();
        underWay++;
    }

    /// An attempt for the user has ended.
    void ended(WaitingUser user) {
        underWay--;
        changed(user);
    }

    private void changed(WaitingUser user) {
        changed.add(user.user());
        earliest = Long.MIN_VALUE;
    }

    void remove(WaitingUser user) {
        users.remove(user.user());
        changed.remove(user.user());
        gone.add(user.user());
    }

    void allBecomeDue(long now) {
        for (var user : users.values()) {
            user.becomesDue(now);
            changed(user);
        }
    }

    boolean isStored() {
        return changed.isEmpty() && gone.isEmpty();
    }

    Collection<WaitingUser> changed() {
        var all = new ArrayList<WaitingUser>();
        changed.forEach(id -> {
            var user = users.get(id);
            if (user != null) {
                all.add(user);
            }
        });
        return all;
    }

    Set<UserId> gone() {
        return gone;
    }

    void stored() {
        changed.clear();
        gone.clear();
    }
}
