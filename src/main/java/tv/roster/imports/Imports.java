package tv.roster.imports;

import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.calls.RowFormat;
import tv.roster.imports.ImportsTable.Announced;
import tv.roster.imports.file.ArrivingFile;
import tv.roster.imports.file.Chunk;
import tv.roster.imports.file.CsvRows;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.secrets.Seal;
import tv.roster.platform.sql.Patience;
import tv.roster.users.bulk.BulkMode;
import tv.roster.values.ids.Ids;
import tv.roster.work.Work;

/// The rules of imports: files are stored as they arrive, and queued when they are whole.
public final class Imports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    /// The most imports of a tenant that are not finished.
    static final int MOST_UNFINISHED = 100;

    /// The most rows of a file.
    static final long MOST_ROWS = 50_000_000;

    /// A file of which nothing has arrived for so long will not be completed.
    private static final Duration ABANDONED = Duration.ofMinutes(15);

    private static final Duration TOUCHED = Duration.ofMinutes(1);

    /// A gigabyte should not have to be sent again because the database was away for a moment.
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofMillis(250));

    private final Seal seal;
    private final Ids ids;
    private final InstantSource clock;

    /// Compresses and encrypts: it would take the event loop too long.
    private final ExecutorService sealing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("import-files").factory());

    public Imports(Seal seal, Ids ids, InstantSource clock) {
        this.seal = seal;
        this.ids = ids;
        this.clock = clock;
    }

    /// A file that is stored, and not queued yet.
    record Stored(UUID id, int chunks, long rows) {}

    /// Stores a file while it arrives.
    ///
    /// @throws Refusal if the tenant has too many unfinished imports, or the file cannot be stored, or read as a
    ///     whole; then nothing of it is kept
    Stored store(Work work, BulkMode mode, boolean dryRun, RowFormat format, boolean gzip, InputStream body) {
        var file = new Announced(ids.next(), mode, dryRun, format);
        if (!ImportsTable.begin(
                work.statements(), work.tenant(), file, work.author(), seconds(), abandoned(), MOST_UNFINISHED)) {
            throw new Refusal(
                    ErrorCode.IMPORT_LIMIT,
                    "There are " + MOST_UNFINISHED + " imports that are not finished, which is the limit.");
        }
        var storing = new Storing(work, file.id());
        try (var arriving = ArrivingFile.of(body, format, gzip, storing::arrives)) {
            return storing.all(arriving);
        } catch (RuntimeException | Error failure) {
            abandon(work, file.id());
            throw failure;
        }
    }

    /// Gives up a file that was not queued.
    void abandon(Work work, UUID id) {
        try {
            ImportsTable.abandon(work.statements(), work.tenant(), id, seconds());
        } catch (RuntimeException away) {
            // It is removed when nothing has arrived for a while.
            LOG.debug("A file could not be given up: {}", away.getMessage());
        }
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }

    private long abandoned() {
        return clock.millis() + ABANDONED.toMillis();
    }

    /// Queues a stored file.
    Import queue(Work work, Stored file, long bytes) {
        return PATIENCE.retryRepeatable(() -> ImportsTable.queue(
                                work.statements(),
                                work.tenant(),
                                file.id(),
                                bytes,
                                file.chunks(),
                                file.rows(),
                                seconds())
                        // Queued already, by a statement whose outcome was not known.
                        .or(() -> ImportsTable.find(work.statements(), work.tenant(), file.id())))
                .orElseThrow(Imports::tooSlow);
    }

    private static Refusal tooSlow() {
        return new Refusal(ErrorCode.UNAVAILABLE, "The file arrived too slowly; send it again.");
    }

    Import find(Work work, UUID id) {
        return ImportsTable.find(work.statements(), work.tenant(), id).orElseThrow(Imports::notFound);
    }

    List<Import> list(Work work, @Nullable UUID from, boolean backwards, int limit) {
        return ImportsTable.list(work.statements(), work.tenant(), from, backwards, limit);
    }

    long count(Work work) {
        return ImportsTable.count(work.statements(), work.tenant());
    }

    List<RejectedRow> rejectedRows(Work work, UUID id, long after, int limit) {
        return RejectedRowsTable.list(work.statements(), work.tenant(), id, after, limit);
    }

    /// Stops an import; what was done stays.
    Import cancel(Work work, UUID id) {
        return ImportsTable.cancel(work.statements(), work.tenant(), id, seconds())
                .orElseThrow(() -> {
                    find(work, id);
                    return new Refusal(ErrorCode.IMPORT_FINISHED, "The import has finished; there is nothing to stop.");
                });
    }

    /// Removes a finished import; its rows are deleted in the background.
    void remove(Work work, UUID id) {
        if (!ImportsTable.remove(work.statements(), work.tenant(), id, seconds())) {
            find(work, id);
            throw new Refusal(ErrorCode.IMPORT_RUNNING, "The import has not finished; cancel it first.");
        }
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such import.");
    }

    long now() {
        return seconds();
    }

    @Override
    public void close() {
        sealing.shutdownNow();
    }

    /// Cuts a file into chunks: while one is sealed, the rows of the next are read.
    private final class Storing {
        private final Work work;
        private final UUID id;
        private int chunks;
        private long rows;
        private @Nullable Future<byte[]> sealed;
        private long touched = System.nanoTime();

        Storing(Work work, UUID id) {
            this.work = work;
            this.id = id;
        }

        Stored all(ArrivingFile file) {
            if (file.rows() instanceof CsvRows csv) {
                patiently(() -> {
                    ImportsTable.setColumns(work.statements(), work.tenant(), id, csv.columns(), csv.separator());
                    return true;
                });
            }
            var chunk = new Chunk();
            for (var row = file.next(); row != null; row = file.next()) {
                rows++;
                if (rows > MOST_ROWS) {
                    throw new Refusal(ErrorCode.BODY_TOO_LARGE, "The file has more than " + MOST_ROWS + " rows.");
                }
                if (chunk.add(row)) {
                    seal(chunk);
                    chunk = new Chunk();
                }
            }
            if (!chunk.isEmpty()) {
                seal(chunk);
            }
            storeSealed();
            return new Stored(id, chunks, rows);
        }

        /// A line of a gigabyte, or blank ones, fill no chunk for a long time.
        void arrives() {
            if (System.nanoTime() - touched > TOUCHED.toNanos()) {
                touched = System.nanoTime();
                if (!patiently(() -> ImportsTable.touch(work.statements(), work.tenant(), id, abandoned()))) {
                    throw tooSlow();
                }
            }
        }

        private void seal(Chunk chunk) {
            storeSealed();
            var name = Preparation.sealed(id, chunks);
            sealed = sealing.submit(() -> seal.seal(chunk.packed(), name));
        }

        private void storeSealed() {
            if (sealed == null) {
                return;
            }
            var bytes = await(sealed);
            int number = chunks++;
            sealed = null;
            boolean stored = patiently(
                    () -> ImportsTable.addChunk(work.statements(), work.tenant(), id, number, bytes, abandoned()));
            touched = System.nanoTime();
            if (!stored) {
                throw tooSlow();
            }
        }

        /// Repeats a statement that does no harm when it is repeated. Nothing of a file that is not whole is carried
        /// out, whatever became of the statement.
        private static <T> T patiently(Supplier<T> statement) {
            try {
                return PATIENCE.retryRepeatable(statement);
            } catch (Refusal away) {
                throw new Refusal(ErrorCode.UNAVAILABLE, "The database is away; nothing was stored.");
            }
        }

        private static byte[] await(Future<byte[]> sealed) {
            try {
                return sealed.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refusal(ErrorCode.UNAVAILABLE, "The server is shutting down.");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
