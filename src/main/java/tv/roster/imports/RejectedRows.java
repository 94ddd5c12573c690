package tv.roster.imports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.calls.RowFormat;
import tv.roster.calls.RowWriter;
import tv.roster.platform.csv.CsvWriter;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;
import tv.roster.users.files.UserColumn;

/// Rows that were refused, in the formats in which they are listed.
final class RejectedRows {
    private RejectedRows() {}

    static RowWriter<RejectedRow> writer(RowFormat format, Import job) {
        return switch (format) {
            case NDJSON -> RowWriter.ndjson(RejectedRows::write);
            case CSV -> csv(job);
        };
    }

    private static void write(JsonWriter json, RejectedRow row) {
        json.writeStartObject();
        json.writeNumberProperty("line", row.line());
        json.writeStringProperty("external_id", row.externalId());
        json.writeName("errors");
        json.writeRawValue(row.errors());
        if (row.row() == null) {
            json.writeNullProperty("row");
        } else {
            json.writeName("row");
            json.writeRawValue(row.row());
        }
        json.writeEndObject();
    }

    /// What is wrong with a row, and then its cells: those of the file's columns, or for NDJSON those of an export.
    private static RowWriter<RejectedRow> csv(Import job) {
        var columns = job.format() == RowFormat.CSV ? job.columns() : UserColumn.EXPORTED;
        var header = Stream.concat(
                        Stream.of("line", "external_id", "codes", "detail"),
                        columns.stream().map(UserColumn::word))
                .toList();
        return RowWriter.csv(header, (csv, row) -> write(csv, row, job.format(), columns));
    }

    private static void write(CsvWriter csv, RejectedRow row, RowFormat format, List<UserColumn> columns) {
        var codes = new StringJoiner(" ");
        var details = new StringJoiner(" ");
        for (var error : read(row.errors())) {
            codes.add(error.path("code").asString());
            details.add(error.path("detail").asString());
        }
        csv.writeNumber(row.line());
        csv.writeText(row.externalId());
        csv.writeText(codes.toString());
        csv.writeText(details.toString());
        var content = row.row() == null ? null : read(row.row());
        for (var column : columns) {
            writeCell(csv, content == null ? null : cell(content, format, column));
        }
    }

    private static JsonNode read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable JsonNode cell(JsonNode row, RowFormat format, UserColumn column) {
        return format == RowFormat.CSV ? row.get(column.word()) : CsvResource.member(row, column);
    }

    private static void writeCell(CsvWriter csv, @Nullable JsonNode cell) {
        if (cell == null) {
            csv.writeText(null);
        } else if (cell.isNull()) {
            csv.writeNullMark();
        } else if (cell.isArray()) {
            var words = new StringJoiner(" ");
            cell.forEach(element -> words.add(text(element)));
            csv.writeText(words.length() == 0 ? null : words.toString());
        } else {
            var text = text(cell);
            csv.writeText(text.isEmpty() ? null : text);
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.asString() : node.toString();
    }
}
