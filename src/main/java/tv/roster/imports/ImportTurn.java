package tv.roster.imports;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.imports.ImportQueueTable.Claimed;
import tv.roster.imports.file.Chunk;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.users.bulk.BulkUsers;
import tv.roster.users.bulk.ChangedMeanwhile;
import tv.roster.users.bulk.UserRow;
import tv.roster.work.Work;

/// The rows of one import, for as long as it is its turn. The rows that follow are prepared on another thread
/// while these are carried out.
final class ImportTurn {
    private static final Logger LOG = LoggerFactory.getLogger(ImportTurn.class);
    private static final Duration RENEWAL = Duration.ofSeconds(3);
    private static final Duration LENGTH = Duration.ofSeconds(3);

    /// How often rows are carried out again because somebody else has changed their users meanwhile; then they are
    /// taken one by one.
    private static final int ATTEMPTS = 5;

    private static final int MOST_ATTEMPTS = 50;

    /// Rows that the server could not carry out, after which something else must be wrong than these rows.
    private static final int MOST_BROKEN_ROWS = 20;

    private final Claimed claimed;
    private final Preparation preparation;
    private final Means means;
    private final BooleanSupplier stops;
    private final Work work;
    private final BulkUsers.Task task;
    private final long end = System.nanoTime() + LENGTH.toNanos();
    private List<RawRow> rows = List.of();
    private int opened = -1;
    private int brokenRows;
    private long renewed = System.nanoTime();

    /// What all turns of a node have in common.
    ///
    /// @param preparing the thread on which rows are prepared
    record Means(
            Database database, BulkUsers users, InstantSource clock, ImportFigures figures, ExecutorService preparing) {
        private static final Duration LEASE = Duration.ofSeconds(10);

        /// In epoch milliseconds.
        long now() {
            return clock.millis();
        }

        /// In epoch seconds.
        long seconds() {
            return clock.instant().getEpochSecond();
        }

        /// When a lease that begins or is renewed now ends, in epoch milliseconds.
        long leaseEnd() {
            return now() + LEASE.toMillis();
        }
    }

    ImportTurn(Claimed claimed, Preparation preparation, Means means, BooleanSupplier stops) {
        this.claimed = claimed;
        this.preparation = preparation;
        this.means = means;
        this.stops = stops;
        var job = claimed.job();
        this.work = new Work(job.tenant(), means.database().of(job.tenant().value()), claimed.author());
        this.task = new BulkUsers.Task(job.id(), job.mode(), job.dryRun());
    }

    /// Returns false if the import turned out to be another node's.
    boolean run() throws InterruptedException {
        var next = means.preparing().submit(() -> prepared(claimed.nextChunk(), claimed.nextRow()));
        try {
            while (next != null) {
                var slice = await(next);
                if (slice == null) {
                    return false;
                }
                boolean last = slice.toChunk() == claimed.chunks();
                boolean stays = !last && !stops.getAsBoolean() && (System.nanoTime() < end || mayStay());
                next = stays ? means.preparing().submit(() -> prepared(slice.toChunk(), slice.toRow())) : null;
                if (!apply(slice)) {
                    return false;
                }
                if (next == null && !last) {
                    ImportQueueTable.release(work.statements(), claimed, means.now());
                }
            }
            return true;
        } finally {
            if (next != null) {
                next.cancel(true);
            }
        }
    }

    /// With few rows together, the next turn tries more again.
    private boolean mayStay() {
        return preparation.most() == Chunk.MOST_ROWS
                && ImportQueueTable.due(means.database(), means.now()).isEmpty();
    }

    /// On the other thread, one call after the other.
    private @Nullable PreparedSlice prepared(int chunk, int from) throws InterruptedException {
        if (opened != chunk) {
            var sealed = ImportQueueTable.chunk(work.statements(), claimed.key(), chunk);
            if (sealed == null) {
                if (ImportQueueTable.renew(work.statements(), claimed, means.leaseEnd())) {
                    throw new IllegalStateException("Chunk " + chunk + " is missing");
                }
                return null;
            }
            rows = preparation.open(chunk, sealed);
            opened = chunk;
        }
        return preparation.prepare(chunk, rows, from);
    }

    /// The rows, or null if the import is no longer this node's.
    private @Nullable PreparedSlice await(Future<@Nullable PreparedSlice> next) throws InterruptedException {
        while (true) {
            try {
                return next.get(RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException takesLong) {
                if (!renewed()) {
                    return null;
                }
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case InterruptedException stopping -> throw stopping;
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }

    /// Returns false if the import is no longer this node's.
    private boolean renewed() {
        renewed = System.nanoTime();
        return ImportQueueTable.renew(work.statements(), claimed, means.leaseEnd());
    }

    /// Returns false if the import is no longer this node's.
    private boolean apply(PreparedSlice slice) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return carriedOut(slice, attempt > 1);
            } catch (ChangedMeanwhile again) {
                means.figures().repeated();
            } catch (Refusal away) {
                throw away;
            } catch (RuntimeException e) {
                LOG.error("Rows of import {} could not be carried out together", task.id(), e);
                break;
            }
        }
        for (var one : slice.split()) {
            if (!insist(one)) {
                return false;
            }
        }
        return true;
    }

    /// Carries out a single row, or rejects it: whatever is wrong with it, the others go on.
    private boolean insist(PreparedSlice one) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                return carriedOut(one, true);
            } catch (ChangedMeanwhile again) {
                means.figures().repeated();
            } catch (Refusal away) {
                throw away;
            } catch (RuntimeException e) {
                brokenRows++;
                if (brokenRows == MOST_BROKEN_ROWS) {
                    throw e;
                }
                LOG.warn("A row of import {} could not be carried out: {}", task.id(), e.getMessage());
                break;
            }
        }
        return carriedOut(
                one.rejected(
                        new Problem(ErrorCode.INTERNAL, "The server could not carry this row out; send it again.")),
                false);
    }

    private boolean carriedOut(PreparedSlice slice, boolean locks) {
        var wanted = new ArrayList<UserRow>();
        for (var row : slice.rows()) {
            if (row.wanted() != null) {
                wanted.add(row.wanted());
            }
        }
        if (System.nanoTime() - renewed > RENEWAL.toNanos() && !renewed()) {
            return false;
        }
        try {
            means.figures()
                    .done(work.statements()
                            .inTransaction(transaction -> carriedOut(transaction, slice, wanted, locks)));
            renewed = System.nanoTime();
            return true;
        } catch (NotOurs lost) {
            return false;
        }
    }

    private RowCounts carriedOut(Statements transaction, PreparedSlice slice, List<UserRow> wanted, boolean locks) {
        var outcomes = means.users().apply(work.in(transaction), task, wanted, locks);
        var result = SliceResult.of(slice, outcomes);
        if (!ImportQueueTable.advance(transaction, claimed, result.step(), means.leaseEnd(), means.seconds())) {
            throw new NotOurs();
        }
        if (!result.rejected().isEmpty()) {
            RejectedRowsTable.add(transaction, work.tenant(), task.id(), result.rejected());
        }
        if (slice.endsChunk()) {
            ImportQueueTable.dropChunk(transaction, claimed.key(), slice.chunk());
        }
        return result.step().counts();
    }

    /// Rolls a transaction back.
    private static final class NotOurs extends RuntimeException {
        NotOurs() {
            super("the import is no longer this node's", null, false, false);
        }
    }
}
