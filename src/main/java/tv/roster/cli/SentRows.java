package tv.roster.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Copies single rows of the file that was sent, byte for byte, secrets included. Rows are known by the line that they
/// begin on; a row of a CSV file may have more than one.
final class SentRows {
    private static final int LONGEST_ROW = 1 << 16;
    private static final int BYTE_ORDER_MARK = 0xEF;

    private final BufferedInputStream in;
    private final FileFormat format;
    private final OutputStream out;
    private long line = 1;
    private byte separator = ',';

    /// Begins with the header line, which is copied.
    SentRows(InputStream in, FileFormat format, OutputStream out) throws IOException {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.format = format;
        this.out = out;
        skipByteOrderMark();
        if (format == FileFormat.CSV) {
            var header = firstLine();
            for (byte each : header) {
                if (each == ',' || each == ';') {
                    separator = each;
                    break;
                }
            }
            write(header);
        }
    }

    /// The header line; blank lines before it are skipped.
    private byte[] firstLine() throws IOException {
        for (var header = row(Long.MAX_VALUE); ; header = row(Long.MAX_VALUE)) {
            if (header.length == 0 || !new String(header, StandardCharsets.UTF_8).isBlank()) {
                return header;
            }
        }
    }

    private void skipByteOrderMark() throws IOException {
        in.mark(3);
        if (in.read() != BYTE_ORDER_MARK || in.readNBytes(2).length < 2) {
            in.reset();
        }
    }

    /// Copies the row that begins on this line, which has to be after the last one.
    ///
    /// @param next the line that the next row to copy begins on
    void copy(long wanted, long next) throws IOException {
        while (line < wanted) {
            int each = in.read();
            if (each < 0) {
                return;
            }
            if (each == '\n') {
                line++;
            }
        }
        write(row(next));
    }

    private void write(byte[] row) throws IOException {
        out.write(row);
        if (row.length > 0 && row[row.length - 1] != '\n') {
            out.write('\n');
        }
    }

    /// The row here, with its line end; empty if it is longer than a row may be. Where a quote does not end before
    /// that, or before the next row to copy, it is the line here.
    private byte[] row(long next) throws IOException {
        if (format == FileFormat.NDJSON) {
            return line();
        }
        in.mark(2 * LONGEST_ROW);
        long first = line;
        var row = new ByteArrayOutputStream();
        var quotes = new Quotes(separator);
        for (int each = in.read(); each >= 0; each = in.read()) {
            row.write(each);
            quotes.take((byte) each);
            line += each == '\n' ? 1 : 0;
            if (each == '\n' && !quotes.isOpen()) {
                return row.toByteArray();
            }
            if (row.size() > LONGEST_ROW || line >= next) {
                break;
            }
        }
        if (!quotes.isOpen() && row.size() <= LONGEST_ROW) {
            return row.toByteArray();
        }
        in.reset();
        line = first;
        return line();
    }

    private byte[] line() throws IOException {
        var row = new ByteArrayOutputStream();
        boolean fits = true;
        for (int each = in.read(); each >= 0; each = in.read()) {
            fits &= row.size() <= LONGEST_ROW;
            if (fits) {
                row.write(each);
            }
            if (each == '\n') {
                line++;
                break;
            }
        }
        return fits ? row.toByteArray() : new byte[0];
    }

    /// Whether a quoted cell of a CSV row is open. Quotes have a meaning only at the beginning of a cell, and in a
    /// quoted one.
    private static final class Quotes {
        private final byte separator;
        private boolean open;
        private boolean closed;
        private boolean begins = true;

        Quotes(byte separator) {
            this.separator = separator;
        }

        void take(byte next) {
            if (next == '"' && (begins || open || closed)) {
                closed = open;
                open = !open;
            } else {
                closed = false;
            }
            begins = !open && next == separator;
        }

        boolean isOpen() {
            return open;
        }
    }
}
