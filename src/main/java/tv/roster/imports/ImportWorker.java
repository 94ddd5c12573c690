package tv.roster.imports;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.Directory;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.imports.ImportQueueTable.Claimed;
import tv.roster.imports.Preparation.SecretRemoved;
import tv.roster.imports.file.Chunk;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.secrets.Seal;
import tv.roster.platform.sql.Statements;
import tv.roster.users.bulk.BulkUsers;
import tv.roster.users.bulk.ChangedMeanwhile;
import tv.roster.users.bulk.UserRow;
import tv.roster.work.Work;

/// Carries out imports in the background, one at a time on each node. Tenants take turns of some seconds; the
/// imports of one tenant are carried out in the order in which they were sent.
///
/// A node has an import for the time of a lease. Rows, what became of them, and the place where the import goes
/// on are stored in one transaction, which the lease's holder alone can commit: however nodes or PostgreSQL fail,
/// no row is lost and none is carried out twice.
public final class ImportWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImportWorker.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(3);
    private static final Duration TURN = Duration.ofSeconds(3);
    private static final Duration PATIENCE_OF_CLOSE = Duration.ofSeconds(5);

    /// How often rows are carried out again because somebody else has changed their users meanwhile; then they are
    /// taken one by one.
    private static final int ATTEMPTS = 5;

    private static final int MOST_ATTEMPTS = 50;

    /// By how much the rows that are carried out together become fewer after a failure.
    private static final int FEWER = 4;

    /// After so many failures one after the other, an import is given up.
    private static final int MOST_FAILURES = 3;

    /// Rows that the server could not carry out, after which something else must be wrong than these rows.
    private static final int MOST_BROKEN_ROWS = 20;

    private static final int CLEARED_AT_ONCE = 1_000;

    private final Database database;
    private final Directory directory;
    private final PasswordHasher hasher;
    private final Seal seal;
    private final BulkUsers users;
    private final InstantSource clock;
    private final ImportFigures figures;
    private final ExecutorService preparing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("import-rows").factory());
    private final Map<UUID, Trouble> troubles = new HashMap<>();
    private final RepeatedTask working =
            new RepeatedTask("imports", this::work, LOG, "Imports could not be carried out");

    public ImportWorker(
            Database database,
            Directory directory,
            PasswordHasher hasher,
            Seal seal,
            BulkUsers users,
            InstantSource clock) {
        this.database = database;
        this.directory = directory;
        this.hasher = hasher;
        this.seal = seal;
        this.users = users;
        this.clock = clock;
        this.figures = new ImportFigures(database, clock);
    }

    /// Starts to look for imports, once a second.
    public ImportWorker start() {
        working.every(PAUSE);
        figures.start();
        return this;
    }

    /// What is counted about imports.
    public ImportFigures figures() {
        return figures;
    }

    /// Looks for imports now.
    public void soon() {
        working.soon();
    }

    private void work() {
        boolean worked = true;
        while (worked && !working.isClosed()) {
            boolean took = takeTurn();
            boolean cleared = ImportLeftoversTable.clearSome(database, CLEARED_AT_ONCE);
            worked = took || cleared;
        }
    }

    /// An import whose rows were not carried out the last time.
    ///
    /// @param rows     how many rows are carried out together the next time
    /// @param failures how often it failed because of the server, one time after the other
    private record Trouble(int rows, int failures) {
        static final Trouble NONE = new Trouble(Chunk.MOST_ROWS, 0);

        Trouble fewerRows() {
            return new Trouble(Math.max(1, rows / FEWER), failures);
        }

        Trouble failed() {
            return new Trouble(fewerRows().rows, failures + 1);
        }

        Trouble moreRows() {
            return new Trouble(Math.min(Chunk.MOST_ROWS, rows * FEWER), 0);
        }
    }

    /// Carries out a part of the import whose turn it is; returns false if there is none.
    private boolean takeTurn() {
        long now = clock.millis();
        for (var key : ImportQueueTable.due(database, now)) {
            var claimed =
                    ImportQueueTable.claim(database.of(key.tenant().value()), key, UUID.randomUUID(), leaseEnd(), now);
            if (claimed.isPresent()) {
                turn(claimed.get());
                return true;
            }
        }
        return false;
    }

    private void turn(Claimed claimed) {
        var id = claimed.job().id();
        var tenant = directory.tenant(claimed.job().tenant());
        if (tenant.isEmpty()) {
            // Deleted, so that the import will be removed; or created so recently that this node does not know it yet.
            // Nobody takes the import before the lease is over.
            return;
        }
        var trouble = troubles.getOrDefault(id, Trouble.NONE);
        var preparation = new Preparation(
                claimed.job(),
                () -> directory.tenant(claimed.job().tenant()).orElse(tenant.get()),
                hasher,
                seal,
                trouble.rows());
        try {
            boolean ours = new Turn(claimed, preparation, trouble.rows()).run();
            remember(id, ours ? trouble.moreRows() : trouble.fewerRows());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Refusal away) {
            // The next time, fewer rows together: perhaps these took longer than a statement may.
            remember(id, trouble.fewerRows());
            LOG.debug("Import {} has to wait: {}", id, away.getMessage());
        } catch (SecretRemoved removed) {
            LOG.error("Import {} failed: {}", id, removed.getMessage());
            ImportQueueTable.fail(database, claimed, String.valueOf(removed.getMessage()), seconds());
        } catch (RuntimeException | OutOfMemoryError e) {
            failed(claimed, trouble.failed(), e);
        }
    }

    private void remember(UUID id, Trouble trouble) {
        if (trouble.equals(Trouble.NONE)) {
            troubles.remove(id);
        } else {
            troubles.put(id, trouble);
        }
    }

    /// An error in the server, or of the moment: the import is tried again when its lease is over, some times.
    private void failed(Claimed claimed, Trouble trouble, Throwable e) {
        LOG.error("Import {} failed ({} of {} times)", claimed.job().id(), trouble.failures(), MOST_FAILURES, e);
        if (trouble.failures() < MOST_FAILURES) {
            remember(claimed.job().id(), trouble);
        } else {
            troubles.remove(claimed.job().id());
            ImportQueueTable.fail(database, claimed, "The server could not go on; its log has the reason.", seconds());
        }
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }

    private long leaseEnd() {
        return clock.millis() + LEASE.toMillis();
    }

    /// The rows of one import, for as long as it is its turn. The rows that follow are prepared on another thread
    /// while these are carried out.
    private final class Turn {
        private final Claimed claimed;
        private final Preparation preparation;
        private final int most;
        private final Work work;
        private final BulkUsers.Task task;
        private final long end = System.nanoTime() + TURN.toNanos();
        private List<RawRow> rows = List.of();
        private int opened = -1;
        private int brokenRows;
        private long renewed = System.nanoTime();

        Turn(Claimed claimed, Preparation preparation, int most) {
            this.claimed = claimed;
            this.preparation = preparation;
            this.most = most;
            var job = claimed.job();
            this.work = new Work(job.tenant(), database.of(job.tenant().value()), claimed.author());
            this.task = new BulkUsers.Task(job.id(), job.mode(), job.dryRun());
        }

        /// Returns false if the import turned out to be another node's.
        boolean run() throws InterruptedException {
            var next = preparing.submit(() -> prepared(claimed.nextChunk(), claimed.nextRow()));
            try {
                while (next != null) {
                    var slice = await(next);
                    if (slice == null) {
                        return false;
                    }
                    boolean last = slice.toChunk() == claimed.chunks();
                    boolean stays = !last && !working.isClosed() && (System.nanoTime() < end || mayStay());
                    next = stays ? preparing.submit(() -> prepared(slice.toChunk(), slice.toRow())) : null;
                    if (!apply(slice)) {
                        return false;
                    }
                    if (next == null && !last) {
                        ImportQueueTable.release(work.statements(), claimed, clock.millis());
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
            return most == Chunk.MOST_ROWS
                    && ImportQueueTable.due(database, clock.millis()).isEmpty();
        }

        /// On the other thread, one call after the other.
        private @Nullable PreparedSlice prepared(int chunk, int from) throws InterruptedException {
            if (opened != chunk) {
                var sealed = ImportQueueTable.chunk(work.statements(), claimed.key(), chunk);
                if (sealed == null) {
                    if (ImportQueueTable.renew(work.statements(), claimed, leaseEnd())) {
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
            return ImportQueueTable.renew(work.statements(), claimed, leaseEnd());
        }

        /// Returns false if the import is no longer this node's.
        private boolean apply(PreparedSlice slice) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                try {
                    return carriedOut(slice, attempt > 1);
                } catch (ChangedMeanwhile again) {
                    figures.repeated();
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
                    figures.repeated();
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
                figures.done(
                        work.statements().inTransaction(transaction -> carriedOut(transaction, slice, wanted, locks)));
                renewed = System.nanoTime();
                return true;
            } catch (NotOurs lost) {
                return false;
            }
        }

        private RowCounts carriedOut(Statements transaction, PreparedSlice slice, List<UserRow> wanted, boolean locks) {
            var outcomes = users.apply(work.in(transaction), task, wanted, locks);
            var result = SliceResult.of(slice, outcomes, preparation.reader());
            if (!ImportQueueTable.advance(transaction, claimed, result.step(), leaseEnd(), seconds())) {
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
    }

    /// Rolls a transaction back.
    private static final class NotOurs extends RuntimeException {
        NotOurs() {
            super("the import is no longer this node's", null, false, false);
        }
    }

    /// Completes the rows that are being carried out.
    @Override
    public void close() {
        working.close(PATIENCE_OF_CLOSE);
        preparing.shutdownNow();
        figures.close();
    }
}
