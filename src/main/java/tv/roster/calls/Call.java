package tv.roster.calls;

import tv.roster.access.Caller;
import tv.roster.platform.http.Request;
import tv.roster.platform.sql.Statements;
import tv.roster.work.Work;

/// A tenant's call: the caller, the request, and the work that the rules need.
public record Call(Caller caller, Request request, Work work) {
    /// A call whose statements run on their own.
    public static Call of(Caller caller, Request request, Statements statements) {
        return new Call(caller, request, new Work(caller.tenantId(), statements, caller.author(request.id())));
    }

    /// The same call with its statements elsewhere, such as in the transaction of its `Idempotency-Key`.
    public Call in(Statements other) {
        return new Call(caller, request, work.in(other));
    }
}
