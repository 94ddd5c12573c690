package tv.roster.users;

import java.util.UUID;
import java.util.stream.Stream;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;

/// The users of a tenant that is being deleted. They are deleted a few hundred at a time, each with its entry in
/// the event log, so that no statement takes long or makes others wait.
public final class LeavingUsers {
    private static final int BATCH = 500;

    private LeavingUsers() {}

    /// Deletes some users of the tenant in a separate transaction; returns false if there were none.
    public static boolean deleteSome(Statements database, TenantId tenant, Ids ids, EventLine line) {
        var events = Stream.generate(ids::next).limit(BATCH).toArray(UUID[]::new);
        return database.inTransaction(
                transaction -> UserDeletionTable.deleteSome(transaction, tenant, events, line) > 0);
    }
}
