package tv.roster.calls;

import tv.roster.platform.http.Response;

/// A call of a tenant that changes something, in two phases: everything that takes long happens before a
/// transaction is open, so that no connection to the database waits for it.
@FunctionalInterface
public interface CallWrite {
    /// Reads and checks the body, and hashes passwords. Lookups run on their own, outside of any transaction.
    Prepared prepare(Call call);

    /// A prepared write, which needs nothing but its statements.
    @FunctionalInterface
    interface Prepared {
        /// Sends the statements, possibly in the transaction of `call`. Can be run again, so it must do nothing
        /// else.
        Response apply(Call call);
    }
}
