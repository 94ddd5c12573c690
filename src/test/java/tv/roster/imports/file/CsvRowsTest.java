package tv.roster.imports.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tv.roster.calls.RowFormat;

/// Quotes that are forgotten or misplaced, in files that arrive in any pieces.
class CsvRowsTest {
    private static final String HEADER = "name,external_id\n";
    private static final String CHARACTERS = "a\"\"\",,\r\n\n ";

    /// A row as text: its line, its fault and its bytes.
    private static List<String> rows(InputStream file, long linesBefore) {
        try {
            var rows = FileRows.of(RowFormat.CSV, file);
            var all = new ArrayList<String>();
            for (var row = rows.next(); row != null; row = rows.next()) {
                all.add((row.line() + linesBefore) + "|" + row.fault() + "|"
                        + new String(row.bytes(), StandardCharsets.UTF_8));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same, a byte at a time.
    private static InputStream slow(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1));
            }
        };
    }

    @RepeatedTest(20)
    void afterARejectedRowReadingGoesOnAsIfTheFileBeganWithTheNextLine(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        for (int file = 0; file < 200; file++) {
            var text = new StringBuilder();
            int length = random.nextInt(60);
            for (int at = 0; at < length; at++) {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            var rows = rows(stream(HEADER + text), 0);
            assertThat(rows(slow(HEADER + text), 0)).isEqualTo(rows);
            for (int at = 0; at < rows.size(); at++) {
                if (rows.get(at).contains("QUOTE|")) {
                    int line = Integer.parseInt(
                            rows.get(at).substring(0, rows.get(at).indexOf('|')));
                    assertThat(rows(stream(HEADER + behind(text.toString(), line - 1)), line - 1))
                            .as(text.toString())
                            .isEqualTo(rows.subList(at + 1, rows.size()));
                }
            }
        }
    }

    /// What follows so many lines.
    private static String behind(String text, int lines) {
        int from = 0;
        for (int line = 0; line < lines && from >= 0; line++) {
            from = text.indexOf('\n', from) + 1;
        }
        return from == 0 && lines > 0 ? "" : text.substring(from);
    }

    /// Each of these rows ends in a quoted cell, whether it begins in one or not. If each were looked at for 64 KiB,
    /// this would take minutes.
    @Test
    void aFileOfForgottenQuotesIsReadInOneGo() throws IOException {
        int lines = 3_000_000;
        var rows = FileRows.of(RowFormat.CSV, stream(HEADER + "a\",\"b\n".repeat(lines)));
        long count = 0;
        for (var row = rows.next(); row != null; row = rows.next()) {
            count++;
            assertThat(row.line()).isEqualTo(count + 1);
            assertThat(row.fault()).isEqualTo(RawRow.Fault.UNCLOSED_QUOTE);
        }
        assertThat(count).isEqualTo(lines);
    }

    @Test
    void aRowBehindMuchWhiteSpaceIsTooLongHoweverItArrives() {
        var file = " ".repeat(RawRow.LONGEST) + "x,y\n" + " ".repeat(3 * RawRow.LONGEST) + "\nx,y\n";
        var expected = List.of("2|TOO_LONG|", "4|null|x,y");
        assertThat(rows(stream(HEADER + file), 0)).isEqualTo(expected);
        assertThat(rows(slow(HEADER + file), 0)).isEqualTo(expected);
    }
}
