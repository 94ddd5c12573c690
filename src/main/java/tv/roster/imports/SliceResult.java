package tv.roster.imports;

import java.util.ArrayList;
import java.util.List;
import tv.roster.users.bulk.RowOutcome;

/// What became of the rows of a slice: how far the import is now, and the rows to be listed as refused.
record SliceResult(ImportQueueTable.Step step, List<RejectedRow> rejected) {
    /// `outcomes` are those of the rows that were not refused before, in their order.
    static SliceResult of(PreparedSlice slice, List<RowOutcome> outcomes) {
        var rejected = new ArrayList<RejectedRow>();
        int created = 0;
        int updated = 0;
        int unchanged = 0;
        var next = outcomes.iterator();
        for (var row : slice.rows()) {
            if (row.wanted() == null) {
                rejected.add(slice.reader().rejected(row.raw(), row.problems()));
                continue;
            }
            switch (next.next()) {
                case RowOutcome.Created done -> created++;
                case RowOutcome.Updated done -> updated++;
                case RowOutcome.Unchanged done -> unchanged++;
                case RowOutcome.Rejected(var problems) ->
                    rejected.add(slice.reader().rejected(row.raw(), problems));
            }
        }
        int done = slice.rows().size();
        return new SliceResult(
                new ImportQueueTable.Step(
                        slice.chunk(),
                        slice.from(),
                        slice.toChunk(),
                        slice.toRow(),
                        new RowCounts(0, done, created, updated, unchanged, rejected.size())),
                rejected);
    }
}
