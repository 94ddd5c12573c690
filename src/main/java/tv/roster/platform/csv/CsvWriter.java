package tv.roster.platform.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.text.Digits;

/// Writes CSV (RFC 4180) in UTF-8, with commas and without a byte order mark.
///
/// An absent value is an empty cell, and an empty text a quoted one. A text is quoted as well where a reader could
/// otherwise take it for something else: with commas, semicolons (which separate cells in other files), quotes or
/// line ends in it, with white space at one of its ends, and if it is `\N`, which is null where nothing quotes
/// it.
public final class CsvWriter {
    private static final int USUAL = 8192;
    private static final int LONGEST_NUMBER = 20;
    private static final String NULL = "\\N";

    /// By byte of UTF-8: whether a text that contains it is quoted.
    private static final boolean[] SEPARATES = new boolean[256];

    static {
        for (char character : new char[] {',', ';', '"', '\r', '\n'}) {
            SEPARATES[character] = true;
        }
    }

    private byte[] bytes = new byte[USUAL];
    private int size;
    private int startOfRow;
    private int cells;

    /// A text, or null for an empty cell.
    public void writeText(@Nullable String text) {
        if (text == null) {
            begin(0);
            return;
        }
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        begin(utf8.length * 2 + 2);
        if (isMistakable(text, utf8)) {
            quoted(utf8);
        } else {
            put(utf8);
        }
    }

    /// Null where an empty cell means something else: `\N` without quotes.
    public void writeNullMark() {
        begin(NULL.length());
        put(NULL.getBytes(StandardCharsets.US_ASCII));
    }

    /// A UUID in its usual form.
    public void writeUuid(UUID value) {
        begin(Digits.UUID_LENGTH);
        size = Digits.putUuid(value, bytes, size);
    }

    public void writeNumber(long value) {
        begin(LONGEST_NUMBER);
        put(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    /// Ends the row. A row that would be a blank line, which readers skip, gets an empty text.
    public void endRow() {
        ensure(4);
        if (size == startOfRow) {
            bytes[size++] = '"';
            bytes[size++] = '"';
        }
        bytes[size++] = '\r';
        bytes[size++] = '\n';
        startOfRow = size;
        cells = 0;
    }

    /// The number of bytes that [#drainTo] would write.
    public int size() {
        return size;
    }

    /// Writes what there is so far, and keeps none of it.
    public void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        startOfRow -= size;
        size = 0;
    }

    private static boolean isMistakable(String text, byte[] utf8) {
        if (text.isEmpty() || text.equals(NULL) || isSpace(text.charAt(0)) || isSpace(text.charAt(text.length() - 1))) {
            return true;
        }
        for (byte part : utf8) {
            if (SEPARATES[part & 0xff]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char character) {
        return character <= ' '
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == '\ufeff';
    }

    private void quoted(byte[] utf8) {
        bytes[size++] = '"';
        for (byte part : utf8) {
            if (part == '"') {
                bytes[size++] = '"';
            }
            bytes[size++] = part;
        }
        bytes[size++] = '"';
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    /// Writes the comma if this is not the row's first cell, and makes room for `length` bytes.
    private void begin(int length) {
        ensure(length + 1);
        if (cells++ > 0) {
            bytes[size++] = ',';
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
