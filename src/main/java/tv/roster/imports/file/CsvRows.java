package tv.roster.imports.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.imports.file.RawRow.Fault;
import tv.roster.users.files.UserColumn;

/// The rows of a CSV file (RFC 4180) behind its header line. Rows end with a line feed, with or without a carriage
/// return, outside of quotes.
///
/// A row whose quotes are wrong is rejected, and reading goes on with the line after the one that it begins on,
/// so that a forgotten quote costs one row and not all that follow.
public final class CsvRows extends FileRows {
    private @Nullable CsvHeader header;
    private byte separator = ',';

    CsvRows(InputStream file) throws IOException {
        super(file);
    }

    private enum At {
        CELL_START,
        TEXT,
        QUOTED,
        /// Behind a quote in a quoted cell: its end, or the first half of an escaped quote.
        QUOTE
    }

    /// The columns of the file; empty if it has no header line.
    ///
    /// @throws tv.roster.platform.problems.Refusal if the header line is not one
    public List<UserColumn> columns() throws IOException {
        if (header == null) {
            header = skipBlankLines() ? CsvHeader.parse(wholeLine()) : CsvHeader.NONE;
            separator = (byte) header.separator();
        }
        return header.columns();
    }

    /// The columns that [#columns] has read.
    public List<UserColumn> known() {
        return header == null ? List.of() : header.columns();
    }

    /// What separates the cells of the file.
    public char separator() {
        return (char) separator;
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        if (columns().isEmpty() || !skipBlankLines()) {
            return null;
        }
        var at = At.CELL_START;
        int looked = start;
        int feeds = 0;
        while (true) {
            for (int place = looked; place < end; place++) {
                byte character = window[place];
                if (character == '\n') {
                    feeds++;
                    if (at != At.QUOTED) {
                        return take(place, place + 1, feeds);
                    }
                }
                if (place - start > RawRow.LONGEST) {
                    return reject(at == At.QUOTED ? Fault.UNCLOSED_QUOTE : Fault.TOO_LONG);
                }
                at = after(at, character, place);
                if (at == null) {
                    return reject(Fault.MISPLACED_QUOTE);
                }
            }
            int length = end - start;
            if (!fill()) {
                return at == At.QUOTED ? reject(Fault.UNCLOSED_QUOTE) : take(end, end, feeds);
            }
            looked = start + length;
        }
    }

    /// Null where a character stands behind the quote that ends a cell.
    private @Nullable At after(At at, byte character, int place) {
        return switch (at) {
            case CELL_START -> character == '"' ? At.QUOTED : character == separator ? At.CELL_START : At.TEXT;
            case TEXT -> character == separator ? At.CELL_START : At.TEXT;
            case QUOTED -> character == '"' ? At.QUOTE : At.QUOTED;
            case QUOTE ->
                character == '"'
                        ? At.QUOTED
                        : character == separator ? At.CELL_START : character == '\r' && isLast(place) ? At.QUOTE : null;
        };
    }

    /// Whether a carriage return ends the line. One at the end of the window is taken for that: otherwise the row
    /// has a carriage return behind its last cell, which is rejected with the row.
    private boolean isLast(int place) {
        return place + 1 == end || window[place + 1] == '\n';
    }
}
