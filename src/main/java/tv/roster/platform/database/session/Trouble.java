package tv.roster.platform.database.session;

import java.util.concurrent.atomic.AtomicBoolean;

/// Whether the database currently fails statements of one kind.
public final class Trouble {
    private final String kind;
    private final Outage outage;
    private final AtomicBoolean standing = new AtomicBoolean();

    /// @param kind   names the statements in the log
    /// @param outage is told when they begin to fail, and when they succeed again
    public Trouble(String kind, Outage outage) {
        this.kind = kind;
        this.outage = outage;
    }

    public boolean isStanding() {
        return standing.get();
    }

    /// Reports a failed statement whose cause is the database or the connection to it.
    public void failed(Throwable cause) {
        if (standing.compareAndSet(false, true)) {
            outage.begins(kind, cause);
        } else {
            outage.goesOn(kind, cause);
        }
    }

    /// Reports a successful statement.
    public void worked() {
        if (standing.get() && standing.compareAndSet(true, false)) {
            outage.ends();
        }
    }
}
