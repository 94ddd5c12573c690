package tv.roster.imports;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.problems.Problem;
import tv.roster.users.bulk.UserRow;

/// Rows of a chunk that are carried out in one transaction: read, checked, and with the hashes of their passwords.
///
/// @param reader  has read them
/// @param chunk   the number of the chunk
/// @param from    the first of its rows in the chunk
/// @param toChunk where it goes on: in the same chunk, or at the beginning of the next one
record PreparedSlice(RowReader reader, int chunk, int from, int toChunk, int toRow, List<Row> rows) {
    /// A row, and what it wants or why it was refused.
    ///
    /// @param wanted null if it was refused
    record Row(RawRow raw, @Nullable UserRow wanted, List<Problem> problems) {}

    boolean endsChunk() {
        return toChunk > chunk;
    }

    /// The same rows, each for a transaction of its own.
    List<PreparedSlice> split() {
        var parts = new ArrayList<PreparedSlice>();
        for (int at = 0; at < rows.size(); at++) {
            boolean last = at == rows.size() - 1;
            parts.add(new PreparedSlice(
                    reader,
                    chunk,
                    from + at,
                    last ? toChunk : chunk,
                    last ? toRow : from + at + 1,
                    List.of(rows.get(at))));
        }
        return parts;
    }

    /// The same with all rows refused because of this problem.
    PreparedSlice rejected(Problem problem) {
        return new PreparedSlice(
                reader,
                chunk,
                from,
                toChunk,
                toRow,
                rows.stream()
                        .map(row -> new Row(row.raw(), null, List.of(problem)))
                        .toList());
    }
}
