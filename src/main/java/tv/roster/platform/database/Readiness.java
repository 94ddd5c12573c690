package tv.roster.platform.database;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.session.Failed;
import tv.roster.platform.database.session.NoAnswer;
import tv.roster.platform.database.session.SqlState;
import tv.roster.platform.database.session.Trouble;

/// Whether a write would succeed now. PostgreSQL is asked once a second, on the connection for housekeeping. The
/// check does not write as a call does, since that would let an idle installation grow, but it detects a standby, a
/// read-only role, a full disk and an unreachable server. A failed write of a call counts immediately, until a
/// write to the disk has succeeded.
final class Readiness implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// A database that has not replied for this long is not ready.
    private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

    /// Allocates a page of a temporary table and frees it again, which requires disk space and leaves nothing
    /// behind.
    private static final String TAKE_A_PAGE = """
            create temp table if not exists roster_probe (page text) on commit delete rows;
            insert into pg_temp.roster_probe values ('')""";

    /// Waits for the disk of the write-ahead log, and for synchronous standbys.
    private static final String WRITE_AHEAD = "; select pg_logical_emit_message(true, 'roster', '')";

    private static final String MAY_NOT = "42501";

    private static final String IS_WRITABLE = "select 1 / (not current_setting('transaction_read_only')::boolean)::int";

    private final SessionPool pool;
    private final Trouble writes;
    private final RepeatedTask looking = new RepeatedTask(
            "readiness",
            this::look,
            LoggerFactory.getLogger(Readiness.class),
            "Whether the database can be written to could not be checked");
    private volatile long lastGood;
    private volatile boolean refused;
    private boolean mayTakePages = true;

    Readiness(SessionPool pool, Trouble writes) {
        this.pool = pool;
        this.writes = writes;
        this.lastGood = System.nanoTime() - LONGEST_SILENCE_NANOS;
    }

    /// Checks now, and then once a second.
    void start() {
        look();
        looking.every(PAUSE);
    }

    boolean isReady() {
        return !refused && !writes.isStanding() && System.nanoTime() - lastGood < LONGEST_SILENCE_NANOS;
    }

    private void look() {
        boolean trouble = writes.isStanding();
        try {
            StatementJob.command(pool, (mayTakePages ? TAKE_A_PAGE : IS_WRITABLE) + (trouble ? WRITE_AHEAD : ""));
            lastGood = System.nanoTime();
            refused = false;
            if (trouble) {
                writes.worked();
            }
        } catch (NoAnswer e) {
            judge(e.failed());
        }
    }

    private void judge(Failed failed) {
        var refusal = failed.refusal();
        if (refusal != null && MAY_NOT.equals(refusal.getSqlState()) && mayTakePages) {
            mayTakePages = false;
            look();
        } else if (refusal == null
                ? failed.cause() instanceof ConnectException
                : SqlState.of(refusal) != SqlState.TIMED_OUT) {
            refused = true;
        }
    }

    @Override
    public void close() {
        looking.close();
    }
}
