package tv.roster.console.pages;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Access;
import tv.roster.agents.sessions.AgentSessions;
import tv.roster.agents.values.SessionToken;
import tv.roster.platform.http.Gate;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The gate of the console: knows agents by their sessions, and lets forms come from its own pages only.
public final class ConsoleGate implements Gate<Visitor> {
    /// In requests that a page makes by itself to renew its content.
    private static final String UNATTENDED = "Roster-Unattended";

    private final Access access;
    private final AgentSessions sessions;

    public ConsoleGate(Access access, AgentSessions sessions) {
        this.access = access;
        this.sessions = sessions;
    }

    @Override
    public Visitor admit(Request request) {
        if (!request.routedMethod().equals("GET")) {
            requireOwnForm(request);
        }
        var from = access.judged(request);
        // Files are the same for everybody.
        if (request.path().startsWith(ConsoleFiles.FOLDER)) {
            return new Visitor(null, from);
        }
        var agent = ConsoleCookie.SESSION
                .of(request)
                .flatMap(SessionToken::parse)
                .flatMap(request.header(UNATTENDED) == null ? sessions::find : sessions::findUnattended)
                .orElse(null);
        return new Visitor(agent, from);
    }

    @Override
    public @Nullable Object owner(Visitor visitor) {
        return visitor.agent() == null ? null : visitor.agent().agent();
    }

    /// Browsers say where a form comes from (Fetch Metadata, or the `Origin` of Fetch, section 3.1).
    private static void requireOwnForm(Request request) {
        var site = request.header("Sec-Fetch-Site");
        var origin = request.header("Origin");
        boolean isOwn = site != null ? site.equals("same-origin") : origin != null && isSameHost(origin, request);
        if (!isOwn) {
            throw foreignForm();
        }
    }

    /// The scheme is not compared: a proxy may have ended TLS.
    private static boolean isSameHost(String origin, Request request) {
        try {
            var authority = URI.create(origin).getAuthority();
            return authority != null
                    && authority.equalsIgnoreCase(URI.create(request.origin()).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static Refusal foreignForm() {
        return new Refusal(
                ErrorCode.OPERATION_NOT_SUPPORTED,
                "This form does not come from a page of this console, or from an earlier session. Open the page"
                        + " again, and send it once more.");
    }
}
