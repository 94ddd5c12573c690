package tv.roster.agents.sessions;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.values.SessionToken;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// The sessions of agents. They are looked up in the database with each request, so that one that was ended is unknown
/// to every node at once.
public final class AgentSessions {
    /// The time of the last use is written at most this often.
    static final long SECONDS_BETWEEN_USES = 60;

    private final Database database;
    private final SessionLimits limits;
    private final EventLines lines;

    public AgentSessions(Database database, SessionLimits limits, EventLines lines) {
        this.database = database;
        this.limits = limits;
        this.lines = lines;
    }

    /// Who is signed in with this token; empty if the session has ended, for whatever reason. Counts as a use.
    public Optional<SignedIn> find(SessionToken token) {
        long now = now();
        var found = AgentSessionsTable.find(database, token, oldest(now), idleSince(now));
        if (found.isPresent() && found.get().lastUsedTime() <= now - SECONDS_BETWEEN_USES) {
            AgentSessionsTable.use(database, token, now, now - SECONDS_BETWEEN_USES);
        }
        return found.map(AgentSessionsTable.Found::signedIn);
    }

    /// The same without counting as a use: for what a page asks by itself, which would otherwise keep a session in
    /// force that nobody uses any more.
    public Optional<SignedIn> findUnattended(SessionToken token) {
        long now = now();
        return AgentSessionsTable.find(database, token, oldest(now), idleSince(now))
                .map(AgentSessionsTable.Found::signedIn);
    }

    /// The sessions of an agent that are in force, the newest first.
    public List<AgentSession> list(AgentId agent) {
        long now = now();
        return AgentSessionsTable.list(database, agent, oldest(now), idleSince(now));
    }

    /// Ends this session: the agent signs out.
    public void end(SessionToken token) {
        AgentSessionsTable.end(database, token);
    }

    /// Ends one of an agent's sessions; returns false if there is none with this id.
    public boolean end(AgentId agent, String sessionId) {
        return AgentSessionsTable.end(database, agent, sessionId);
    }

    /// Ends all sessions of an agent, and its sign-ins that are not complete; returns false if there is no such agent,
    /// or it is not one of this tenant.
    ///
    /// @param within null for agents of any tenant, and of none
    public boolean endAll(Author author, AgentId agent, @Nullable TenantId within) {
        return AgentSessionsTable.endAll(database, agent, within, lines.next(author));
    }

    private long now() {
        return lines.clock().instant().getEpochSecond();
    }

    private long oldest(long now) {
        return now - limits.longest().toSeconds();
    }

    private long idleSince(long now) {
        return now - limits.idle().toSeconds();
    }

    /// Deletes sessions that were ended by a limit; for [tv.roster.platform.background.Sweeper].
    public int sweep(Statements statements, long now, int limit) {
        return AgentSessionsTable.sweep(statements, oldest(now), idleSince(now), limit);
    }
}
