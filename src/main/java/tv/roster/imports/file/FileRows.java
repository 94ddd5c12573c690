package tv.roster.imports.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tv.roster.calls.RowFormat;
import tv.roster.imports.file.RawRow.Fault;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The rows of a file, one after the other, while it arrives. However long the file and its lines are, only a
/// window of it is in memory.
public abstract sealed class FileRows permits LineRows, CsvRows {
    /// Longer than the longest row with its line end, and two reads from the network.
    private static final int WINDOW = RawRow.LONGEST + (3 << 16);

    private final InputStream file;

    /// What has arrived and is not yet part of a row: from `start` to `end`.
    final byte[] window = new byte[WINDOW];

    int start;
    int end;

    /// The place of the window in the file.
    long base;

    long line = 1;
    private boolean whole;

    FileRows(InputStream file) throws IOException {
        this.file = file;
        skipByteOrderMark();
    }

    /// Reads a file of this format.
    ///
    /// @throws Refusal `malformed_document` if it is in UTF-16
    public static FileRows of(RowFormat format, InputStream file) throws IOException {
        return switch (format) {
            case NDJSON -> new LineRows(file);
            case CSV -> new CsvRows(file);
        };
    }

    /// The next row that is not blank; null at the end of the file.
    public abstract @Nullable RawRow next() throws IOException;

    private void skipByteOrderMark() throws IOException {
        while (end < 3 && fill()) {}
        if (end >= 2 && isUtf16()) {
            throw new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The file is in UTF-16; send it in UTF-8.");
        }
        if (end >= 3 && window[0] == (byte) 0xEF && window[1] == (byte) 0xBB && window[2] == (byte) 0xBF) {
            start = 3;
        }
    }

    /// By its byte order mark, or by the NUL next to its first character, which is an ASCII character in any file.
    private boolean isUtf16() {
        int first = window[0] & 0xff;
        int second = window[1] & 0xff;
        boolean mark = first + second == 0xFE + 0xFF && Math.min(first, second) == 0xFE;
        return mark || (first == 0) != (second == 0);
    }

    /// Reads more behind `end`, after moving what is in the window to its beginning; false at the end of the file.
    final boolean fill() throws IOException {
        if (whole) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(window, start, window, 0, end - start);
            base += start;
            end -= start;
            start = 0;
        }
        int count = file.read(window, end, window.length - end);
        whole = count < 0;
        end += Math.max(count, 0);
        return !whole;
    }

    /// The place of the next line feed from `from` on; -1 if none has arrived.
    final int lineFeed(int from) {
        for (int at = from; at < end; at++) {
            if (window[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /// Takes the row that ends before `to`; `lines` line feeds are in it or end it, and `next` is where the next
    /// begins.
    final RawRow take(int to, int next, long lines) {
        int stop = to > start && window[to - 1] == '\r' ? to - 1 : to;
        var row = stop - start > RawRow.LONGEST
                ? new RawRow(line, Fault.TOO_LONG, new byte[0])
                : new RawRow(line, null, Arrays.copyOfRange(window, start, stop));
        line += lines;
        start = next;
        return row;
    }

    /// Takes the line at `start`.
    final RawRow wholeLine() throws IOException {
        int looked = start;
        while (true) {
            int feed = lineFeed(looked);
            if (feed >= 0) {
                return take(feed, feed + 1, 1);
            }
            if (end - start > RawRow.LONGEST + 1) {
                return reject(Fault.TOO_LONG);
            }
            int length = end - start;
            if (!fill()) {
                return take(end, end, 0);
            }
            looked = start + length;
        }
    }

    /// Rejects the row at `start`, and goes on with the line after the one that it begins on.
    final RawRow reject(Fault fault) throws IOException {
        var row = new RawRow(line, fault, new byte[0]);
        int feed = lineFeed(start);
        while (feed < 0) {
            start = end;
            if (!fill()) {
                return row;
            }
            feed = lineFeed(start);
        }
        start = feed + 1;
        line++;
        return row;
    }

    /// Skips lines without content: false at the end of the file.
    final boolean skipBlankLines() throws IOException {
        int at = start;
        while (true) {
            while (at < end && isBlank(window[at])) {
                at++;
            }
            if (at < end && window[at] != '\n') {
                return true;
            }
            if (at < end) {
                start = ++at;
                line++;
                continue;
            }
            // Of a longer line, what is behind so much white space shows whether it is blank or too long.
            start = Math.max(start, end - RawRow.LONGEST);
            int length = end - start;
            if (!fill()) {
                return false;
            }
            at = start + length;
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }
}
