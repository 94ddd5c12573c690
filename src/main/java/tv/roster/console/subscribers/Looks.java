package tv.roster.console.subscribers;

import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.work.Author;

/// Writes into the audit which agent has looked at which subscriber.
public final class Looks {
    private final Database database;
    private final EventLines lines;

    public Looks(Database database, EventLines lines) {
        this.database = database;
        this.lines = lines;
    }

    /// Notes a look at the subscriber with this id, which is one of the tenant's.
    void note(TenantId tenant, String user, Author author) {
        LooksTable.add(database, tenant, UserId.parse(user).orElseThrow(), lines.next(author));
    }
}
