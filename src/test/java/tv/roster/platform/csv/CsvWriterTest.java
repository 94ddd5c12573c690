package tv.roster.platform.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    private static final String[] PIECES = {
        "a", "Ä", "\"", ",", ";", "\r", "\n", " ", "\t", "\\N", "\\", "😀", "'", "\u00a0", "\ufeff", "=1+1", "#"
    };

    private static String written(Consumer<CsvWriter> content) {
        var csv = new CsvWriter();
        content.accept(csv);
        var out = new ByteArrayOutputStream();
        try {
            csv.drainTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(UTF_8);
    }

    private static List<List<String>> read(String csv) {
        var rows = new ArrayList<List<String>>();
        CsvReader.builder().ofCsvRecord(csv).forEach(row -> rows.add(row.getFields()));
        return rows;
    }

    @Test
    void separatesCellsByCommasAndEndsRowsAsTheStandardSays() {
        assertThat(written(csv -> {
                    csv.writeText("name");
                    csv.writeText("email");
                    csv.endRow();
                    csv.writeNumber(-7);
                    csv.writeUuid(new UUID(1, 2));
                    csv.endRow();
                }))
                .isEqualTo("name,email\r\n-7,00000000-0000-0001-0000-000000000002\r\n");
    }

    @Test
    void leavesACellEmptyOnlyWhereThereIsNoValue() {
        assertThat(written(csv -> {
                    csv.writeText(null);
                    csv.writeText("");
                    csv.writeText(null);
                    csv.endRow();
                }))
                .isEqualTo(",\"\",\r\n");
    }

    @Test
    void writesNoBlankLineForARowOfOneAbsentValue() {
        assertThat(written(csv -> {
                    csv.writeText(null);
                    csv.endRow();
                }))
                .isEqualTo("\"\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Anna", "Anna Virtanen", "+358 40 123", "Äiti", "😀", "\\", "\\n", "a\\N", "'", "-1", "A_B C_D"})
    void quotesNothingThatCannotBeMistaken(String text) {
        assertThat(written(csv -> csv.writeText(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\N", " a", "a ", "\ta", "a\u00a0", "\u2003a", "\ufeffa", "a,b", "a;b", "a\rb", "a\nb"})
    void quotesWhatCouldBeMistaken(String text) {
        assertThat(written(csv -> csv.writeText(text))).isEqualTo('"' + text + '"');
    }

    @Test
    void doublesQuotes() {
        assertThat(written(csv -> csv.writeText("the \"best\""))).isEqualTo("\"the \"\"best\"\"\"");
    }

    @Test
    void writesOnAfterItWasDrained() throws IOException {
        var csv = new CsvWriter();
        var out = new ByteArrayOutputStream();
        csv.writeText(null);
        csv.drainTo(out);
        csv.writeText("a");
        csv.endRow();
        csv.drainTo(out);
        csv.writeText(null);
        csv.endRow();
        assertThat(csv.size()).isEqualTo(4);
        csv.drainTo(out);
        assertThat(out.toString(UTF_8)).isEqualTo(",a\r\n\"\"\r\n");
    }

    /// FastCSV shares no code with the writer.
    @Test
    void anotherReaderReadsEveryTextAsItWas() {
        var random = new Random(15);
        var rows = new ArrayList<List<String>>();
        for (int row = 0; row < 2_000; row++) {
            var cells = new ArrayList<String>();
            for (int cell = 0; cell < 4; cell++) {
                var text = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    text.append(PIECES[random.nextInt(PIECES.length)]);
                }
                cells.add(text.toString());
            }
            rows.add(cells);
        }
        assertThat(read(written(csv -> rows.forEach(row -> {
                    row.forEach(csv::writeText);
                    csv.endRow();
                }))))
                .isEqualTo(rows);
    }
}
