package tv.roster.agents.signin;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import tv.roster.events.log.EventLines;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.AgentId;
import tv.roster.work.Author;

/// Counts attempts to sign in, for all nodes: passwords and codes together. Each is counted before it is judged, so
/// that
/// however many come at once, no more than [#MOST] are judged.
final class Attempts {
    /// As many as a subscriber has.
    static final int MOST = 10;

    static final Duration WINDOW = Duration.ofMinutes(15);

    private final Statements database;
    private final EventLines lines;

    Attempts(Statements database, EventLines lines) {
        this.database = database;
        this.lines = lines;
    }

    /// Counts an attempt; returns how many there are with it, or 0 if it must not be judged.
    int count(UUID subject) {
        long now = now();
        return AttemptsTable.count(database, subject, now, now - WINDOW.toSeconds(), MOST);
    }

    /// Judges an attempt that was counted; takes it back if it cannot be judged now, so that nobody is locked out
    /// because the server has too much to do.
    <T> T judge(UUID subject, Supplier<T> judgement) {
        try {
            return judgement.get();
        } catch (Refusal unavailable) {
            AttemptsTable.takeBack(database, subject);
            throw unavailable;
        }
    }

    /// Takes back the last attempt, which was right but was not the last step.
    void takeBack(AgentId agent) {
        AttemptsTable.takeBack(database, agent.value());
    }

    /// After a wrong attempt: if it was the last one, the audit says so, once for each window.
    void wrong(AgentId agent, int count, Author author) {
        if (count == MOST) {
            AttemptsTable.lock(database, agent, now() - WINDOW.toSeconds(), lines.next(author));
        }
    }

    private long now() {
        return lines.clock().instant().getEpochSecond();
    }
}
