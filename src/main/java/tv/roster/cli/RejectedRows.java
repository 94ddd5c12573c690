package tv.roster.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tv.roster.cli.progress.Amounts;
import tv.roster.platform.files.PrivateFiles;

/// The rejected rows of an import: counted by their causes, and copied from the file that was sent, to be mended there
/// and sent again.
final class RejectedRows {
    private final Map<String, Cause> causes = new TreeMap<>();
    private long[] lines = new long[64];
    private int count;

    /// How many rows had this code, and the first of them.
    private record Cause(long rows, String line, String detail) {}

    /// The files that were written: rows to be mended, and why each was rejected.
    record Written(Path rows, Path causes) {}

    /// Reads them from the server.
    static RejectedRows of(Terminal terminal, String id) {
        var rejected = new RejectedRows();
        rejected.read(terminal, id, row -> {});
        return rejected;
    }

    /// Reads them from the server, and copies them from the file that was sent.
    static RejectedRows copied(Terminal terminal, String id, UserFile file, Consumer<Written> written) {
        var rejected = new RejectedRows();
        var names = names(Objects.requireNonNull(file.path()), file.format());
        try (var causes = writer(names.causes())) {
            rejected.read(terminal, id, row -> write(causes, row));
        } catch (IOException e) {
            throw unwritable(names.causes(), e);
        }
        try (var in = file.openUnpacked();
                var out = stream(names.rows())) {
            rejected.copy(new SentRows(in, file.format(), out));
        } catch (IOException e) {
            throw unwritable(names.rows(), e);
        }
        written.accept(names);
        return rejected;
    }

    private static Failure unwritable(Path file, IOException reason) {
        return new Failure(
                Failure.ROWS_REJECTED,
                file + " cannot be written: " + (reason.getMessage() == null ? reason : reason.getMessage()));
    }

    private void read(Terminal terminal, String id, Consumer<JsonNode> each) {
        var server = terminal.ofTenant();
        var response = server.open(server.request("/imports/" + id + "/rejected_rows")
                .header("Accept", FileFormat.NDJSON.mediaType())
                .build());
        try (var rows = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (var line = rows.readLine(); line != null; line = rows.readLine()) {
                if (!line.isBlank()) {
                    var row = Server.parsed(line);
                    count(row);
                    each.accept(row);
                }
            }
        } catch (IOException e) {
            throw new Failure(Failure.UNREACHABLE, "The rejected rows broke off: " + e.getMessage());
        }
    }

    private void count(JsonNode row) {
        if (count == lines.length) {
            lines = Arrays.copyOf(lines, 2 * count);
        }
        lines[count++] = row.at("/line").asLong();
        var codes = new LinkedHashSet<String>();
        for (var error : row.at("/errors")) {
            var code = error.at("/code").asString();
            if (codes.add(code)) {
                causes.merge(
                        code,
                        new Cause(1, row.at("/line").asString(), detail(error)),
                        (known, one) -> new Cause(known.rows() + 1, known.line(), known.detail()));
            }
        }
    }

    private static String detail(JsonNode error) {
        var detail = error.at("/detail").asString("");
        var place =
                error.at("/source/pointer").asString(error.at("/source/column").asString(""));
        return place.isEmpty() ? detail : detail + " (" + place.replaceFirst("^/attributes/", "") + ")";
    }

    private static void write(BufferedWriter out, JsonNode row) {
        var errors = new ArrayList<String>();
        row.at("/errors").forEach(error -> errors.add(error.at("/code").asString() + ": " + detail(error)));
        try {
            out.write("line " + row.at("/line").asString() + ", external id " + Words.text(row.at("/external_id"))
                    + ": " + String.join("; ", errors));
            out.newLine();
        } catch (IOException e) {
            throw new Failure(Failure.ROWS_REJECTED, "The causes cannot be written: " + e.getMessage());
        }
    }

    private void copy(SentRows sent) throws IOException {
        var wanted = Arrays.stream(lines, 0, count).sorted().distinct().toArray();
        for (int at = 0; at < wanted.length; at++) {
            sent.copy(wanted[at], at + 1 < wanted.length ? wanted[at + 1] : Long.MAX_VALUE);
        }
    }

    /// The causes as a table, the most frequent first.
    List<List<String>> table() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("REJECTED", "CODE", "LINE", "EXAMPLE"));
        causes.entrySet().stream()
                .sorted((one, other) ->
                        Long.compare(other.getValue().rows(), one.getValue().rows()))
                .forEach(cause -> rows.add(List.of(
                        Amounts.grouped(cause.getValue().rows()),
                        cause.getKey(),
                        cause.getValue().line(),
                        cause.getValue().detail())));
        return rows;
    }

    /// Beside the file, under names that are free: what somebody is mending is not overwritten.
    private static Written names(Path file, FileFormat format) {
        var name = FileFormat.withoutGzip(file.getFileName().toString());
        var stem = name.toLowerCase(Locale.ROOT).endsWith(format.extension())
                ? name.substring(0, name.length() - format.extension().length())
                : name;
        for (int number = 1; ; number++) {
            var begin = stem + ".rejected" + (number == 1 ? "" : "-" + number);
            var names =
                    new Written(file.resolveSibling(begin + format.extension()), file.resolveSibling(begin + ".txt"));
            if (Files.notExists(names.rows()) && Files.notExists(names.causes())) {
                return names;
            }
        }
    }

    private static OutputStream stream(Path file) throws IOException {
        Files.createFile(file, PrivateFiles.FILE);
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    private static BufferedWriter writer(Path file) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(stream(file), StandardCharsets.UTF_8));
    }
}
