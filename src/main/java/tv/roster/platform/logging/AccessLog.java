package tv.roster.platform.logging;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.http.Observer;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;

/// A line for each request: when it was served, by which route, how, how long it took, and for whom. No personal
/// data: of the path only the template, nothing of the query and of bodies, and the client's address only if that is
/// wanted. Like all of the log, it is written by a thread of its own; if that is too slow, lines are left out.
public final class AccessLog implements Observer {
    static final String NAME = "access";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Function<Object, @Nullable Party> parties;
    private final @Nullable Function<Request, String> addresses;

    /// Who calls.
    ///
    /// @param tenant the tenant's short name, or null for an admin key
    /// @param key    the public part of the key
    public record Party(@Nullable String tenant, String key) {}

    /// @param parties   names the callers that gates have let in; null for those without a key
    /// @param addresses returns the client's address; null if it must not be in the log
    public AccessLog(Function<Object, @Nullable Party> parties, @Nullable Function<Request, String> addresses) {
        this.parties = parties;
        this.addresses = addresses;
    }

    @Override
    public void responded(Request request, int status, long sent, long nanos) {
        var method = METHODS.contains(request.method()) ? request.method() : "other";
        var route = request.template().isEmpty() ? "none" : request.template();
        var line = LOG.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("route", route)
                .addKeyValue("status", status)
                .addKeyValue("duration_us", TimeUnit.NANOSECONDS.toMicros(nanos))
                .addKeyValue("received_bytes", request.received())
                .addKeyValue("sent_bytes", sent)
                .addKeyValue("request_id", request.id());
        var caller = request.caller();
        var party = caller == null ? null : parties.apply(caller);
        if (party != null) {
            if (party.tenant() != null) {
                line = line.addKeyValue("tenant", party.tenant());
            }
            line = line.addKeyValue("key", party.key());
        }
        if (addresses != null) {
            line = line.addKeyValue("address", addresses.apply(request));
        }
        line.log(method + " " + route + " " + status);
    }

    @Override
    public void refused(ErrorCode code) {}
}
