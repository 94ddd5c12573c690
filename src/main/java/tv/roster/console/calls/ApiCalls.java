package tv.roster.console.calls;

import tv.roster.access.Caller;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.InnerRequest;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// Makes calls of the public APIs for an agent: with the rules, scopes, errors and events that a client with a key
/// would
/// have, but not over the network.
public final class ApiCalls {
    private final Area<Caller> users;
    private final Area<Caller> admin;

    public ApiCalls(Area<Caller> users, Area<Caller> admin) {
        this.users = users;
        this.admin = admin;
    }

    /// Makes a call for the agent who sent `outer` to a page.
    public Answer call(Caller agent, Request outer, ApiCall call) {
        var request = new InnerRequest(outer, call.method(), call.path(), call.query(), call.headers(), call.body());
        var area = area(call.path());
        try {
            return Answer.of(area.enter(agent, request).respond());
        } catch (Refusal refusal) {
            return Answer.refused(refusal.in(request.places()));
        }
    }

    private Area<Caller> area(String path) {
        if (users.holds(path)) {
            return users;
        }
        if (admin.holds(path)) {
            return admin;
        }
        throw new Refusal(ErrorCode.NOT_FOUND, "There is no such call.");
    }
}
