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
    private final CsvHeader header;
    private final byte separator;

    /// How far a row that was rejected was looked at, counted from the beginning of the file, and what was found
    /// there; null for a misplaced quote. Rows that begin within are not walked through again, so that a file of
    /// quotes takes no longer than any other.
    private long walkedTo;

    private @Nullable At walkedAt;

    /// @throws tv.roster.platform.problems.Refusal if the header line is not one
    CsvRows(InputStream file) throws IOException {
        super(file);
        header = skipBlankLines() ? CsvHeader.parse(wholeLine()) : CsvHeader.NONE;
        separator = (byte) header.separator();
    }

    private enum At {
        CELL_START,
        TEXT,
        QUOTED,
        /// Behind a quote in a quoted cell: its end, or the first half of an escaped quote.
        QUOTE,
        /// Behind the carriage return that ends a line whose last cell is quoted.
        END
    }

    /// The columns of the file; empty if it has no header line.
    public List<UserColumn> columns() {
        return header.columns();
    }

    /// What separates the cells of the file.
    public char separator() {
        return header.separator();
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        if (header.columns().isEmpty() || !skipBlankLines()) {
            return null;
        }
        At at = At.CELL_START;
        int place = start;
        while (true) {
            for (; place < end; place++) {
                if (window[place] == '\n' && at != At.QUOTED) {
                    return take(place, place + 1, lineFeeds(place) + 1);
                }
                if (place - start > RawRow.LONGEST) {
                    return rejectAt(place, at, at == At.QUOTED ? Fault.UNCLOSED_QUOTE : Fault.TOO_LONG);
                }
                if (window[place] == '\n' && base + place < walkedTo) {
                    // A walk before was in a quoted cell at this line feed, too: this one ends as it did.
                    place = (int) (walkedTo - base) - 1;
                    at = walkedAt;
                } else {
                    at = after(at, window[place]);
                }
                if (at == null) {
                    return rejectAt(place + 1, null, Fault.MISPLACED_QUOTE);
                }
            }
            int length = end - start;
            if (!fill()) {
                return at == At.QUOTED ? rejectAt(end, at, Fault.UNCLOSED_QUOTE) : take(end, end, lineFeeds(end));
            }
            place = start + length;
        }
    }

    /// Remembers how far the row was looked at, and in which state: the rows behind it begin within that.
    private RawRow rejectAt(int place, @Nullable At at, Fault fault) throws IOException {
        walkedTo = base + place;
        walkedAt = at;
        return reject(fault);
    }

    /// The line feeds in the row at `start`, up to a place.
    private int lineFeeds(int to) {
        int feeds = 0;
        for (int place = start; place < to; place++) {
            if (window[place] == '\n') {
                feeds++;
            }
        }
        return feeds;
    }

    /// Null where a character stands behind the quote that ends a cell.
    private @Nullable At after(At at, byte character) {
        return switch (at) {
            case CELL_START -> character == '"' ? At.QUOTED : character == separator ? At.CELL_START : At.TEXT;
            case TEXT -> character == separator ? At.CELL_START : At.TEXT;
            case QUOTED -> character == '"' ? At.QUOTE : At.QUOTED;
            case QUOTE ->
                character == '"'
                        ? At.QUOTED
                        : character == separator ? At.CELL_START : character == '\r' ? At.END : null;
            case END -> null;
        };
    }
}
