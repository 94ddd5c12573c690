package tv.roster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Rows are copied out of a file as they were sent.
class SentRowsTest {
    private static String copied(FileFormat format, String file, long... lines) throws IOException {
        var out = new ByteArrayOutputStream();
        var rows = new SentRows(new ByteArrayInputStream(file.getBytes(UTF_8)), format, out);
        for (int at = 0; at < lines.length; at++) {
            rows.copy(lines[at], at + 1 < lines.length ? lines[at + 1] : Long.MAX_VALUE);
        }
        return out.toString(UTF_8);
    }

    @Test
    void aCsvRowComesWithTheHeaderAndItsOwnLineEnds() throws IOException {
        var file = "external_id,name\r\n1,Anna\r\n2,\"Berg,\r\nBen \"\"B\"\"\"\r\n3,Cleo\r\n\r\n4,Åsa";
        assertThat(copied(FileFormat.CSV, file, 3)).isEqualTo("external_id,name\r\n2,\"Berg,\r\nBen \"\"B\"\"\"\r\n");
        assertThat(copied(FileFormat.CSV, file, 2, 5, 7)).isEqualTo("external_id,name\r\n1,Anna\r\n3,Cleo\r\n4,Åsa\n");
        assertThat(copied(FileFormat.CSV, file)).isEqualTo("external_id,name\r\n");
    }

    @Test
    void aByteOrderMarkIsNotCopiedAndAHeaderMayStandAlone() throws IOException {
        assertThat(copied(FileFormat.CSV, "\ufeffname;email\n\"a;\"\n", 2)).isEqualTo("name;email\n\"a;\"\n");
        assertThat(copied(FileFormat.CSV, "name")).isEqualTo("name\n");
        assertThat(copied(FileFormat.CSV, "\n\r\nname\na\n", 4)).isEqualTo("name\na\n");
        assertThat(copied(FileFormat.NDJSON, "\ufeff{}\n{'a':1}", 1, 2)).isEqualTo("{}\n{'a':1}\n");
    }

    @Test
    void aQuoteInsideOfACellOpensNothing() throws IOException {
        var file = "name,email\n5\" disk,a\nb,c\n";
        assertThat(copied(FileFormat.CSV, file, 2)).isEqualTo("name,email\n5\" disk,a\n");
    }

    @Test
    void aQuoteThatNeverEndsCostsItsLineOnly() throws IOException {
        var file = "name,email\n\"Anna,a\nBen,b\nCleo,c\n";
        assertThat(copied(FileFormat.CSV, file, 2)).isEqualTo("name,email\n\"Anna,a\n");
        assertThat(copied(FileFormat.CSV, file, 2, 4)).isEqualTo("name,email\n\"Anna,a\nCleo,c\n");
        var long64 = "x".repeat(1 << 16);
        assertThat(copied(FileFormat.CSV, file + long64 + "\n" + long64 + "\nDan,d\n", 2, 7))
                .isEqualTo("name,email\n\"Anna,a\nDan,d\n");
    }

    @Test
    void whatIsLongerThanARowMayBeIsLeftOut() throws IOException {
        var lines = new String[] {"{}", "{" + " ".repeat(1 << 17) + "}", "{'a':1}"};
        var file = String.join("\n", lines);
        assertThat(copied(FileFormat.NDJSON, file, 2, 3)).isEqualTo(lines[2] + "\n");
        assertThat(copied(FileFormat.CSV, String.join("\n", Arrays.asList("name", lines[1], "b")), 2, 3))
                .isEqualTo("name\nb\n");
    }
}
