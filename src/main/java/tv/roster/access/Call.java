package tv.roster.access;

import tv.roster.platform.database.Statements;
import tv.roster.platform.http.Request;
import tv.roster.values.ids.TenantId;

/// One call of a tenant: who, what, and where its statements run (on their own, or in the transaction of its
/// `Idempotency-Key`).
public record Call(Caller caller, Request request, Statements statements) {
    public TenantId tenant() {
        return caller.tenantId();
    }

    /// The same call with its statements somewhere else.
    public Call in(Statements other) {
        return new Call(caller, request, other);
    }
}
