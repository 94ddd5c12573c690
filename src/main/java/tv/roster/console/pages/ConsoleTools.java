package tv.roster.console.pages;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Directory;
import tv.roster.access.KnownTenant;
import tv.roster.agents.sessions.AgentSessions;
import tv.roster.agents.sessions.SignedIn;
import tv.roster.agents.values.SessionToken;
import tv.roster.console.calls.ApiCalls;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.templates.Templates;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.ApiKeyId;

/// What the pages of the console work with.
///
/// @param agentNames the name of an agent, or null where there is none with this id
public record ConsoleTools(
        ApiCalls calls,
        Directory directory,
        AgentSessions sessions,
        Function<AgentId, @Nullable String> agentNames,
        Templates templates) {
    /// What the author of an event is called; null if that is not known any more.
    ///
    /// @param actorKind `KEY` or `AGENT`
    public @Nullable String nameOf(String actorKind, String id) {
        return switch (actorKind) {
            case "KEY" -> ApiKeyId.parse(id).flatMap(directory::nameOf).orElse(null);
            case "AGENT" -> AgentId.parse(id).map(agentNames).orElse(null);
            default -> null;
        };
    }

    /// The tenants that the agent may work for, in the order of their slugs.
    public List<KnownTenant> tenantsOf(SignedIn agent) {
        return directory.tenants().stream()
                .filter(tenant -> agent.tenant() == null || agent.tenant().equals(tenant.id()))
                .toList();
    }

    /// The tenant with this slug, if the agent may work for it. That of others is not there.
    KnownTenant tenant(SignedIn agent, String slug) {
        return tenantsOf(agent).stream()
                .filter(tenant -> tenant.slug().equals(slug))
                .findFirst()
                .orElseThrow(ConsoleTools::nothingHere);
    }

    /// Whether the session of a request is still in force, for one that takes long.
    boolean isSignedIn(Request request) {
        return ConsoleCookie.SESSION
                .of(request)
                .flatMap(SessionToken::parse)
                .flatMap(sessions::find)
                .isPresent();
    }

    /// Leads on to another page, whose path is absolute.
    public Response redirect(Request request, String path) {
        return Response.empty(303).with("Location", Links.from(request, path));
    }

    static Refusal nothingHere() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }
}
