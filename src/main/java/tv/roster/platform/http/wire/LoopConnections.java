package tv.roster.platform.http.wire;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tv.roster.platform.http.limits.Addresses;
import tv.roster.platform.http.limits.HeldMemory;

/// The connections of one event loop, which alone touches them. Where they are too many, or hold too much, those are
/// closed that the server loses least by.
final class LoopConnections {
    private final Set<Connection> all = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(Connection connection) {
        all.add(connection);
    }

    void remove(Connection connection) {
        all.remove(connection);
    }

    void forEach(Consumer<Connection> action) {
        List.copyOf(all).forEach(action);
    }

    /// Closes connections until no more is held than may be: of the address that holds most, those first that hold
    /// much for long.
    void shed(HeldMemory held) {
        while (held.isExceeded()) {
            var worst = all.stream()
                    .filter(connection -> connection.burden() > 0)
                    .max(Comparator.<Connection>comparingLong(connection -> held.of(connection.address()))
                            .thenComparingLong(Connection::burden));
            if (worst.isEmpty()) {
                return;
            }
            worst.get().shed();
        }
    }

    /// Closes the connection of an address ([Addresses#ANY] for all of them) that is of least use, if its standing is
    /// no higher: of those the one that has been idle for longest. False if there is none.
    boolean makeWay(int address, int mostStanding) {
        var least = all.stream()
                .filter(connection -> address == Addresses.ANY || connection.address() == address)
                .filter(connection -> connection.mayBeClosed() && connection.standing() <= mostStanding)
                .min(Comparator.comparingInt(Connection::standing).thenComparingLong(Connection::since));
        least.ifPresent(Connection::shed);
        return least.isPresent();
    }
}
