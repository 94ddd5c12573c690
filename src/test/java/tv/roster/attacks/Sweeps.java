package tv.roster.attacks;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tv.roster.imports.ImportLeftoversTable;
import tv.roster.platform.background.Sweeper;
import tv.roster.platform.background.Sweeper.Sweep;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.eventloop.EventLoops;

/// Removes what imports leave behind, now.
final class Sweeps implements AutoCloseable {
    private final EventLoops loops = new EventLoops(1);
    private final Database database;
    private final Sweeper<Database> sweeper;

    Sweeps(DatabaseAddress address) {
        database = new Database(loops, address, 1);
        SequencedMap<String, Sweep<Database>> sweeps = new LinkedHashMap<>();
        sweeps.put("expired_imports", ImportLeftoversTable::expire);
        sweeper = new Sweeper<>(database, InstantSource.system(), sweeps);
    }

    void sweep() {
        sweeper.sweep();
    }

    @Override
    public void close() {
        sweeper.close();
        database.close();
        loops.close();
    }
}
