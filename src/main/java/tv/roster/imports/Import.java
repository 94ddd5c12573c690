package tv.roster.imports;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.calls.RowFormat;
import tv.roster.users.bulk.BulkMode;
import tv.roster.users.files.UserColumn;
import tv.roster.values.ids.TenantId;

/// A file of users, and how far it has been carried out. Times are in epoch seconds.
///
/// @param columns the columns of a CSV file; empty for NDJSON
/// @param separator what separates the cells of a CSV file
/// @param bytes   the size of the file as it was received
/// @param failure why it failed; null unless it did
record Import(
        TenantId tenant,
        UUID id,
        ImportStatus status,
        BulkMode mode,
        boolean dryRun,
        RowFormat format,
        List<UserColumn> columns,
        char separator,
        long bytes,
        RowCounts rows,
        @Nullable String failure,
        long createdTime,
        @Nullable Long startedTime,
        @Nullable Long finishedTime) {
    static final String TYPE = "Import";

    /// When it will be finished if it goes on as it has so far; null unless it runs.
    @Nullable
    Long expectedFinishTime(long now) {
        if (status != ImportStatus.RUNNING || startedTime == null || rows.done() == 0) {
            return null;
        }
        long left = rows.total() - rows.done();
        return now + Math.ceilDiv(Math.max(1, now - startedTime) * left, rows.done());
    }
}
