package tv.roster.agents;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.AgentsTable.Filter;
import tv.roster.agents.sessions.AgentSessions;
import tv.roster.agents.setup.SetupLink;
import tv.roster.agents.setup.SetupLinks;
import tv.roster.agents.values.AgentMember;
import tv.roster.calls.Admin;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.UniqueViolation;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// The rules of agents. `within` is the tenant of a caller who may see and change only that tenant's agents; null for
/// one
/// who may see and change all.
public final class Agents {
    static final String NO_TENANT = "There is no such tenant.";

    private final Database database;
    private final SetupLinks links;
    private final AgentSessions sessions;
    private final EventLines lines;

    public Agents(Database database, SetupLinks links, AgentSessions sessions, EventLines lines) {
        this.database = database;
        this.links = links;
        this.sessions = sessions;
        this.lines = lines;
    }

    /// A new agent, with the link to set up its password while that may be shown.
    record Created(Agent agent, SetupLink link) {}

    /// Throws `404` for an agent that does not exist, or that the caller may not see.
    public Agent find(AgentId id, @Nullable TenantId within) {
        return AgentsTable.find(database, id, within).orElseThrow(Agents::notFound);
    }

    /// The name of an agent, if there is one with this id.
    public Optional<String> nameOf(AgentId id) {
        return AgentsTable.find(database, id, null).map(Agent::name);
    }

    List<Agent> list(Filter filter, @Nullable UUID from, boolean backwards, int limit) {
        return AgentsTable.list(database, filter, from, backwards, limit);
    }

    long count(Filter filter) {
        return AgentsTable.count(database, filter);
    }

    /// The agent and its link together, or neither.
    Created create(Author author, AgentChange wanted, @Nullable TenantId within) {
        var tenant = wanted.tenant().present() ? wanted.tenant().value() : within;
        demandTenant(tenant, within);
        var id = new AgentId(lines.ids().next());
        var line = lines.next(author);
        try {
            return database.inTransaction(transaction -> {
                var agent = AgentsTable.create(transaction, id, tenant, wanted, line)
                        .orElseThrow(Agents::noTenant);
                return new Created(
                        agent, links.make(transaction, author, id, within).orElseThrow(Agents::notFound));
            });
        } catch (UniqueViolation e) {
            throw emailTaken();
        }
    }

    /// A change of the role, the tenant or the status that takes effect ends all of the agent's sessions.
    Agent change(Author author, AgentId id, AgentChange wanted, ExpectedVersion version, @Nullable TenantId within) {
        if (wanted.tenant().present()) {
            demandTenant(wanted.tenant().value(), within);
        }
        try {
            var outcome = AgentsTable.change(database, id, wanted, version, within, lines.next(author))
                    .orElseThrow(Agents::notFound);
            if (!outcome.versionHolds()) {
                throw Admin.versionMismatch();
            }
            return outcome.agent();
        } catch (UniqueViolation e) {
            throw emailTaken();
        }
    }

    /// Of a deleted agent, only its id remains, in the audit.
    void delete(Author author, AgentId id, ExpectedVersion version, @Nullable TenantId within) {
        boolean versionHolds = AgentsTable.delete(database, id, version, within, lines.next(author))
                .orElseThrow(Agents::notFound);
        if (!versionHolds) {
            throw Admin.versionMismatch();
        }
    }

    SetupLink makeLink(Author author, AgentId id, @Nullable TenantId within) {
        return links.make(database, author, id, within).orElseThrow(Agents::notFound);
    }

    void endSessions(Author author, AgentId id, @Nullable TenantId within) {
        if (!sessions.endAll(author, id, within)) {
            throw notFound();
        }
    }

    private void demandTenant(@Nullable TenantId tenant, @Nullable TenantId within) {
        if (within != null && !within.equals(tenant)) {
            throw new Refusal(
                    ErrorCode.INVALID_VALUE, "You can only manage agents of your own tenant.", AgentMember.TENANT);
        }
        if (tenant != null && !AgentsTable.hasTenant(database, tenant)) {
            throw noTenant();
        }
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such agent.");
    }

    private static Refusal noTenant() {
        return new Refusal(ErrorCode.INVALID_VALUE, NO_TENANT, AgentMember.TENANT);
    }

    private static Refusal emailTaken() {
        return new Refusal(ErrorCode.EMAIL_TAKEN, "Another agent has this e-mail address.", AgentMember.EMAIL);
    }
}
