package tv.roster.calls;

import tv.roster.platform.http.Answer;

/// A call of a tenant that changes something, in two phases: whatever takes long happens before a transaction is open,
/// so that no connection to the database waits for it.
@FunctionalInterface
public interface CallWrite {
    /// Reads the body, checks it and hashes passwords. Lookups run by themselves, outside of any transaction.
    Prepared prepare(Call call);

    /// A write about which everything is known.
    @FunctionalInterface
    interface Prepared {
        /// Sends the statements, which may run in a transaction; `call` says where. May be repeated, so it does nothing
        /// else.
        Answer apply(Call call);
    }
}
