package tv.roster.imports;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.Directory;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.imports.ImportQueueTable.Claimed;
import tv.roster.imports.Preparation.SecretRemoved;
import tv.roster.imports.file.Chunk;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.secrets.Seal;
import tv.roster.users.bulk.BulkUsers;

/// Carries out imports in the background, one at a time on each node. Tenants take turns of some seconds; the
/// imports of one tenant are carried out in the order in which they were sent.
///
/// A node has an import for the time of a lease. Rows, what became of them, and the place where the import goes
/// on are stored in one transaction, which the lease's holder alone can commit: however nodes or PostgreSQL fail,
/// no row is lost and none is carried out twice.
public final class ImportWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImportWorker.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_OF_CLOSE = Duration.ofSeconds(5);

    /// By how much the rows that are carried out together become fewer after a failure.
    private static final int FEWER = 4;

    /// After so many failures one after the other, an import is given up.
    private static final int MOST_FAILURES = 3;

    private static final int CLEARED_AT_ONCE = 1_000;

    private final Database database;
    private final Directory directory;
    private final PasswordHasher hasher;
    private final Seal seal;
    private final ImportTurn.Means means;
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
        this.means = new ImportTurn.Means(database, users, clock, new ImportFigures(database, clock), preparing);
    }

    /// Starts to look for imports, once a second.
    public ImportWorker start() {
        working.every(PAUSE);
        means.figures().start();
        return this;
    }

    /// What is counted about imports.
    public ImportFigures figures() {
        return means.figures();
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
        long now = means.now();
        for (var key : ImportQueueTable.due(database, now)) {
            var claimed = ImportQueueTable.claim(
                    database.of(key.tenant().value()), key, UUID.randomUUID(), means.leaseEnd(), now);
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
            boolean ours = new ImportTurn(claimed, preparation, means, working::isClosed).run();
            remember(id, ours ? trouble.moreRows() : trouble.fewerRows());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Refusal away) {
            // The next time, fewer rows together: perhaps these took longer than a statement may.
            remember(id, trouble.fewerRows());
            LOG.debug("Import {} has to wait: {}", id, away.getMessage());
        } catch (SecretRemoved removed) {
            LOG.error("Import {} failed: {}", id, removed.getMessage());
            ImportQueueTable.fail(database, claimed, String.valueOf(removed.getMessage()), means.seconds());
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
            ImportQueueTable.fail(
                    database, claimed, "The server could not go on; its log has the reason.", means.seconds());
        }
    }

    /// Completes the rows that are being carried out.
    @Override
    public void close() {
        working.close(PATIENCE_OF_CLOSE);
        preparing.shutdownNow();
        means.figures().close();
    }
}
