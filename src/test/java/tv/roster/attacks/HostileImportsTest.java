package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.ImportClient.CSV;
import static tv.roster.testing.ImportClient.NDJSON;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Json;
import tv.roster.testing.Response;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// Files with every kind of fault, sent to a server with the heap of a small one: the good rows are imported, each
/// bad one is rejected with its line, and memory stays as it is.
///
/// `-Dattacks.rows=2000000 -Dattacks.line=1000000000` takes a larger file with a longer line.
class HostileImportsTest {
    private static final int ROWS = Integer.getInteger("attacks.rows", 5_000);
    private static final int LONG_LINE = Integer.getInteger("attacks.line", 64_000_000);
    private static final int BOMB = Integer.getInteger("attacks.bomb", 64_000_000);
    private static final int LONGEST = 65_536;
    private static final long MOST_RESIDENT_KIB = 400 << 10;
    private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    @TempDir
    static Path folder;

    private static ServerAlone server;
    private final ImportClient imports = new ImportClient(server.bss());

    @BeforeAll
    static void start() {
        server = ServerAlone.start(
                folder.resolve("data"),
                Map.of("ROSTER_DATABASE_URL", TestPostgres.url(TestPostgres.newMigratedDatabase())),
                "-Xmx168m",
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:SurvivorRatio=4",
                "-XX:MaxDirectMemorySize=64m");
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            var status = Files.readString(Path.of("/proc/" + server.process().pid() + "/status"));
            var resident = RESIDENT.matcher(status);
            assertThat(resident.find()).isTrue();
            System.out.println("The most memory during hostile imports: " + resident.group(1) + " KiB");
            assertThat(Long.parseLong(resident.group(1))).isLessThan(MOST_RESIDENT_KIB);
        } finally {
            server.close();
        }
    }

    /// A row with a fault; `code` is null where it is accepted all the same.
    private record Fault(String row, String code) {
        /// In single quotes.
        static Fault of(String row, String code) {
            return new Fault(Json.json(row), code);
        }
    }

    private static Fault padded(String row, int length, String end, String code) {
        var json = Json.json(row);
        return new Fault(json + " ".repeat(length - json.length()) + end, code);
    }

    /// Of one character for each byte.
    private static List<Fault> faults() {
        var secrets = new StringBuilder();
        for (int member = 0; member < 300; member++) {
            secrets.append("'old_password_")
                    .append(member)
                    .append("':'horse")
                    .append(member)
                    .append("',");
        }
        var faults = new ArrayList<>(List.of(
                Fault.of("{'attributes':{'name':'\u00c3('}}", "malformed_json"),
                Fault.of("{'attributes':{'name':'\0'}}", "malformed_json"),
                Fault.of("\0\0\0", "malformed_json"),
                Fault.of("{'attributes':\r{'name':'a\rb'}}", "malformed_json"),
                Fault.of("{\0'\0a\0'\0:\0001\0}\0", "malformed_json"),
                padded("{'attributes':{'name':'Good'}}", LONGEST, "", null),
                padded("{'attributes':{'name':'Good'}}", LONGEST, "\r", null),
                padded("{'attributes':{'name':'Good'}}", LONGEST + 1, "", "too_long"),
                padded("{'attributes':{'name':'Good'}}", LONGEST + 1, "\r", "too_long"),
                Fault.of("[".repeat(30_000), "malformed_json"),
                Fault.of("{'attributes':".repeat(4_000), "malformed_json"),
                Fault.of("[".repeat(100_000), "too_long"),
                Fault.of("{'x':" + "[".repeat(400) + "]".repeat(400) + "}", "unknown_member"),
                Fault.of("{'attributes':{'name':1e999}}", "wrong_type"),
                Fault.of("{'attributes':{'x':1e999,'y':-1e999999999,'z':" + "9".repeat(900) + "}}", "unknown_member"),
                Fault.of("{'attributes':{'name':" + "9".repeat(5_000) + "}}", "malformed_json"),
                Fault.of("{'attributes':{'name':'\\ud800'}}", "invalid_value"),
                Fault.of("{'\\ud800':'\\udc00\\u0000'}", "unknown_member"),
                Fault.of("{'attributes':{'name':'a','name':'b'}}", "malformed_json"),
                Fault.of("{'attributes':{'name':'a\\u0000'}}", "invalid_value"),
                Fault.of("{'attributes':{'external_id':'a\\u0000'}}", "invalid_value"),
                Fault.of("{'attributes':{'user_flags':['A\\u0000']}}", "invalid_value"),
                Fault.of("{'attributes':{'contact_details':{'email':'a\\u0000@example.com'}}}", "invalid_value"),
                Fault.of("{'attributes':{'contact_details':{'telephone_number_E123':'+358\\u0000'}}}", "invalid_value"),
                Fault.of("{'meta':{'security':{'user_password':'horse \\u0000 horse horse'},'x':1}}", "invalid_value"),
                Fault.of("{'meta':{'security':{'user_password':horse}}}", "malformed_json"),
                Fault.of("{'meta':{'security':{'password_hash':'horse'}}}", "invalid_value"),
                Fault.of(
                        "{'meta':{'security':{'pw':'horse'},'token':'horse','credential':['horse']}}",
                        "unknown_member"),
                Fault.of("{" + secrets + "'attributes':{}}", "unknown_member"),
                Fault.of("{'attributes':{'name':'" + "x".repeat(60_000) + "'}}", "too_long"),
                Fault.of("[" + "1,".repeat(10_000) + "1]", "malformed_document"),
                Fault.of("{'attributes':{'contact_details':{'email':'same@example.com'}}}", "email_taken"),
                Fault.of("{}}", "malformed_json"),
                Fault.of("{'attributes':{'name':Infinity}}", "malformed_json")));
        return faults;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(BYTES));
    }

    /// So many bytes that nobody holds.
    private static InputStream repeated(int octet, long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? octet : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int some = (int) Math.min(left, length);
                Arrays.fill(into, offset, offset + some, (byte) octet);
                left -= some;
                return some;
            }
        };
    }

    private static InputStream file(int parts, IntFunction<InputStream> part) {
        return new SequenceInputStream(Collections.enumeration(new AbstractList<>() {
            @Override
            public InputStream get(int number) {
                return part.apply(number);
            }

            @Override
            public int size() {
                return parts;
            }
        }));
    }

    private Response send(String query, String type, IntFunction<InputStream> part, int parts) {
        return imports.send(query, type, BodyPublishers.ofInputStream(() -> file(parts, part)));
    }

    private static List<String> linesAndCodes(List<JsonNode> rejected) {
        return rejected.stream()
                .map(row -> row.path("line").asInt() + " "
                        + row.at("/errors/0/code").asString())
                .toList();
    }

    @Test
    void ofNdjsonTheGoodRowsAreImportedAndEachBadOneIsRejected() {
        var faults = faults();
        var expected = new ArrayList<String>();
        for (int row = 1; row < ROWS; row++) {
            int line = row + 1 + 2 * (row / 100);
            if (row == ROWS / 2) {
                expected.add(line + " too_long");
            } else if (row % 5 == 0 && faults.get(row / 5 % faults.size()).code() != null) {
                expected.add(line + " " + faults.get(row / 5 % faults.size()).code());
            }
        }
        IntFunction<InputStream> row = number -> {
            if (number == 0) {
                return stream(Json.json("{'attributes':{'contact_details':{'email':'same@example.com'}}}\n"));
            }
            var before = number % 100 == 0 ? "\n \t\r\n" : "";
            if (number == ROWS / 2) {
                return new SequenceInputStream(
                        stream(before), new SequenceInputStream(repeated('x', LONG_LINE), stream("\n")));
            }
            return stream(before
                    + (number % 5 == 0
                            ? faults.get(number / 5 % faults.size()).row()
                            : Json.json("{'attributes':{'name':'Good'}}"))
                    + "\n");
        };
        var rehearsal = send("?dry_run=true&mode=create", NDJSON, row, ROWS);
        var counts = imports.counts(rehearsal);
        var rejected = imports.rejected(rehearsal);
        assertThat(linesAndCodes(rejected)).isEqualTo(expected);
        assertThat(counts).isEqualTo(List.of(ROWS - expected.size(), 0, 0, expected.size()));
        assertThat(rejected.toString()).doesNotContain("horse");

        var performance = send("?mode=create", NDJSON, row, ROWS);
        assertThat(imports.counts(performance)).isEqualTo(counts);
        assertThat(imports.rejected(performance)).isEqualTo(rejected);
        var csv = imports.rejectedCsv(performance);
        assertThat(csv.lines().filter(line -> line.matches("\\d+,.*"))).hasSize(expected.size());
        assertThat(csv).doesNotContain("horse");
    }

    @Test
    void ofCsvTheGoodRowsAreImportedAndEachBadOneIsRejected() {
        var parts = new ArrayList<InputStream>();
        var expected = new ArrayList<String>();
        int good = 0;
        int line = 2;
        parts.add(stream("\u00ef\u00bb\u00bfexternal_id;name;email\r\n"));
        record Bad(String row, String code) {}
        var bad = List.of(
                new Bad("\"never;ends;", "malformed_document"),
                new Bad("\"mis\"placed;a;", "malformed_document"),
                new Bad("a", "malformed_document"),
                new Bad(";".repeat(10_000), "malformed_document"),
                new Bad("\u00c3(;;", "malformed_document"),
                new Bad(";a\0;", "invalid_value"),
                new Bad(";a\rb;", "invalid_value"),
                new Bad("x".repeat(LONGEST + 1), "too_long"),
                new Bad(";" + "x".repeat(300) + ";", "too_long"),
                new Bad(";;nobody", "invalid_value"));
        for (int round = 0; round < 20; round++) {
            for (var fault : bad) {
                expected.add(line++ + " " + fault.code());
                parts.add(stream(fault.row() + "\r\n"));
                // Enough for a quote that never ends to end nowhere.
                for (int row = 0; row < 20; row++) {
                    parts.add(stream(";" + "Good ".repeat(50) + ";\n"));
                    good++;
                    line++;
                }
                parts.add(stream("\n"));
                line++;
            }
        }
        expected.add(line++ + " too_long");
        parts.add(repeated('x', LONG_LINE / 4));
        parts.add(stream("\n;Last;"));
        good++;
        var sent = send("", CSV, parts::get, parts.size());
        assertThat(imports.counts(sent)).isEqualTo(List.of(good, 0, 0, expected.size()));
        assertThat(linesAndCodes(imports.rejected(sent))).isEqualTo(expected);
    }

    @Test
    void aHeaderLineOfTenThousandColumnsIsRefused() {
        var refused = imports.send("", CSV, "column,".repeat(10_000) + "\nc1\n");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors").size()).isBetween(1, 100);
    }

    @Test
    void whatIsUnpackedIsNeverHeld() throws IOException {
        for (int octet : new int[] {'\n', 0, '{'}) {
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                repeated(octet, BOMB).transferTo(gzip);
            }
            var sent = imports.send("", NDJSON, packed.toByteArray(), "Content-Encoding", "gzip");
            if (sent.status() == 201) {
                assertThat(imports.counts(sent)).isEqualTo(List.of(0, 0, 0, octet == '\n' ? 0 : 1));
            } else {
                assertThat(sent.code()).isEqualTo("malformed_document");
            }
        }
    }

    @Test
    void gzipWithAllItsFieldsAndEmptyMembersIsReadAndGarbageBehindItIsRefused() {
        var file = new ByteArrayOutputStream();
        for (int member = 0; member < 5_000; member++) {
            file.writeBytes(gzip(""));
        }
        var row = gzip(Json.json("{'attributes':{'name':'Good'}}\n"));
        // All header fields, marked by the flags: extra, name, comment, and a checksum of the header.
        file.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 3});
        file.writeBytes(new byte[] {3, 0, 'x', 0, 'y', 'n', 0, 'c', 'd', 0, 7, 7});
        file.write(row, 10, row.length - 10);
        var sent = imports.send("", NDJSON, file.toByteArray(), "Content-Encoding", "gzip");
        assertThat(imports.counts(sent)).isEqualTo(List.of(1, 0, 0, 0));
        file.writeBytes("garbage".getBytes(BYTES));
        var refused = imports.send("", NDJSON, file.toByteArray(), "Content-Encoding", "gzip");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("malformed_document");
    }

    private static byte[] gzip(String text) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
