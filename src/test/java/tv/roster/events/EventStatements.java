package tv.roster.events;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// The statements that lists of events are composed to, for tests of their form.
public final class EventStatements {
    private static final UUID[] ONE = {new UUID(1, 1)};
    private static final UUID[] TWO = {new UUID(1, 1), new UUID(1, 2)};
    private static final String[] KIND = {"user.created"};

    private EventStatements() {}

    public static Map<String, String> all() {
        var all = new HashMap<String, String>();
        for (var descending : new boolean[] {false, true}) {
            for (var ids : new UUID[][] {null, ONE, TWO}) {
                var filter = new EventFilter(ids, null, ids, null, KIND, ONE[0], ONE[0]);
                var name = "EventsTable." + descending + (ids == null ? 0 : ids.length);
                all.put(name, EventsTable.sql(filter, ONE[0], descending));
                all.put(
                        name + "users",
                        EventsTable.sql(new EventFilter(null, ids, null, null, null, null, null), null, descending));
            }
        }
        return all;
    }
}
