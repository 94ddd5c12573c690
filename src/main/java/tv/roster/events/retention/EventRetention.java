package tv.roster.events.retention;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;

/// Deletes the events of each tenant that are older than its setting `event_retention_days`, and the entries of the
/// audit of administration that are older than `audit_retention_days`, once an hour. Any node may do it, also several
/// at once.
///
/// A thousand events at a time, in a transaction of their own on a connection that no other call waits for. The pauses
/// are as long as the statements, so that the database is busy with it at most half of the time.
public final class EventRetention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRetention.class);

    /// Time to set a longer retention after an upgrade from a version that kept all events.
    private static final Duration FIRST = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_BREATH = Duration.ofMillis(5);
    private static final Duration LONGEST_BREATH = Duration.ofSeconds(1);
    private static final int BATCH = 1_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final int auditDays;
    private final LongAdder deletedAudit = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final RepeatedTask sweeping =
            new RepeatedTask("event-retention", this::sweepIfDue, LOG, "Expired events could not be deleted");
    private long due = System.nanoTime();

    /// `auditDays` is how long entries of the audit about no tenant, and about deleted ones, are kept.
    public EventRetention(Database database, int auditDays) {
        this.database = database;
        this.auditDays = auditDays;
    }

    /// Starts to look for expired events: an hour after it has succeeded, five minutes after it has failed.
    public EventRetention start() {
        sweeping.every(FIRST, AFTER_FAILURE);
        return this;
    }

    /// How many events have been deleted since the start.
    public LongAdder deleted() {
        return deleted;
    }

    /// How many entries of the audit of administration have been deleted since the start.
    public LongAdder deletedAudit() {
        return deletedAudit;
    }

    /// How often events could not be deleted since the start.
    public long failures() {
        return failures.sum();
    }

    private void sweepIfDue() {
        if (System.nanoTime() - due < 0) {
            return;
        }
        try {
            long before = failures();
            sweep();
            if (failures() == before) {
                due = System.nanoTime() + PAUSE.toNanos();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Deletes all expired events.
    void sweep() throws InterruptedException {
        try {
            EventRetentionTable.mark(database);
            for (var tenant : EventRetentionTable.tenants(database)) {
                sweep(
                        database.of(tenant.value()),
                        tenant,
                        deleted,
                        (transaction, after) -> EventRetentionTable.deleteSome(transaction, tenant, after, BATCH));
            }
            for (var tenant : EventRetentionTable.audited(database)) {
                sweep(
                        database,
                        tenant,
                        deletedAudit,
                        (transaction, after) ->
                                EventRetentionTable.deleteSomeAudit(transaction, tenant, auditDays, after, BATCH));
            }
        } catch (Refusal away) {
            failures.increment();
            throw away;
        }
    }

    /// Deletes the next events after this one.
    @FunctionalInterface
    private interface Deletion {
        EventRetentionTable.Step after(Statements transaction, UUID last);
    }

    private void sweep(Statements statements, @Nullable Object tenant, LongAdder count, Deletion deletion)
            throws InterruptedException {
        try {
            var beyond = Optional.of(BEFORE_ALL);
            while (beyond.isPresent()) {
                var after = beyond.get();
                long begun = System.nanoTime();
                var step = statements.inTransaction(transaction -> deletion.after(transaction, after));
                count.add(step.deleted());
                beyond = step.last();
                if (beyond.isPresent()) {
                    rest(System.nanoTime() - begun);
                }
            }
        } catch (Refusal away) {
            throw away;
        } catch (RuntimeException e) {
            failures.increment();
            // Those of other tenants may still be deleted.
            LOG.warn("Expired events of the tenant {} could not be deleted: {}", tenant, e.getMessage());
        }
    }

    private static void rest(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.clamp(nanos, SHORTEST_BREATH.toNanos(), LONGEST_BREATH.toNanos()));
    }

    @Override
    public void close() {
        sweeping.close();
    }
}
