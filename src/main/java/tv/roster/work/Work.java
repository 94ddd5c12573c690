package tv.roster.work;

import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;

/// What the rules need to know about their caller: whose data it is, where statements run (on their own or in a
/// transaction), and the author of changes. Created once, by the door.
public record Work(TenantId tenant, Statements statements, Author author) {
    /// The same work with its statements elsewhere, such as in a transaction.
    public Work in(Statements other) {
        return new Work(tenant, other, author);
    }
}
