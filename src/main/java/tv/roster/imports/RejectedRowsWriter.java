package tv.roster.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.calls.RowFormat;
import tv.roster.platform.csv.CsvWriter;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.NdjsonWriter;
import tv.roster.users.files.UserColumn;

/// Writes rows that were refused, one on each line.
sealed interface RejectedRowsWriter {
    static RejectedRowsWriter of(RowFormat format, Import job) {
        return switch (format) {
            case NDJSON -> new OfJson();
            case CSV -> new OfCsv(job);
        };
    }

    void write(RejectedRow row);

    /// The number of bytes that [#drainTo] would write.
    int size();

    /// Writes what there is so far.
    void drainTo(OutputStream body) throws IOException;

    /// An object a line.
    final class OfJson implements RejectedRowsWriter {
        private final NdjsonWriter lines = new NdjsonWriter();

        @Override
        public void write(RejectedRow row) {
            lines.write(json -> {
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
            });
        }

        @Override
        public int size() {
            return lines.size();
        }

        @Override
        public void drainTo(OutputStream body) throws IOException {
            lines.drainTo(body);
        }
    }

    /// What is wrong with a row, and then its cells: those of the file's columns, or for NDJSON those of an
    /// export.
    final class OfCsv implements RejectedRowsWriter {
        private final CsvWriter csv = new CsvWriter();
        private final RowFormat format;
        private final List<UserColumn> columns;

        OfCsv(Import job) {
            format = job.format();
            columns = format == RowFormat.CSV ? job.columns() : UserColumn.EXPORTED;
            List.of("line", "external_id", "codes", "detail").forEach(csv::writeText);
            columns.forEach(column -> csv.writeText(column.word()));
            csv.endRow();
        }

        @Override
        public void write(RejectedRow row) {
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
                writeCell(content == null ? null : cell(content, column));
            }
            csv.endRow();
        }

        private static JsonNode read(String json) {
            return Json.read(json.getBytes(StandardCharsets.UTF_8));
        }

        private @Nullable JsonNode cell(JsonNode row, UserColumn column) {
            return format == RowFormat.CSV ? row.get(column.word()) : CsvResource.member(row, column);
        }

        private void writeCell(@Nullable JsonNode cell) {
            switch (cell) {
                case null -> csv.writeText(null);
                case JsonNode node when node.isNull() -> csv.writeNullMark();
                case JsonNode node
                when node.isArray() -> {
                    var words = new StringJoiner(" ");
                    node.forEach(element -> words.add(element.isString() ? element.asString() : element.toString()));
                    csv.writeText(words.length() == 0 ? null : words.toString());
                }
                case JsonNode node
                when node.isString() -> csv.writeText(node.asString().isEmpty() ? null : node.asString());
                case JsonNode node -> csv.writeText(node.toString());
            }
        }

        @Override
        public int size() {
            return csv.size();
        }

        @Override
        public void drainTo(OutputStream body) throws IOException {
            csv.drainTo(body);
        }
    }
}
