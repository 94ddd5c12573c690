package tv.roster.console.manage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.platform.http.Response;

/// The first of the rows that an import has rejected.
public final class RejectedSample {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MOST_BYTES = 1 << 20;

    private RejectedSample() {}

    /// A rejected row, and what is wrong with it.
    ///
    /// @param line       where it begins in the file, from 1
    /// @param externalId empty for none
    public record Row(long line, String externalId, List<String> details) {
        public Row {
            details = List.copyOf(details);
        }

        @Override
        public String toString() {
            return "Row[" + line + "]";
        }
    }

    /// Reads at most so many rows of a response, which is NDJSON, and leaves the others.
    static List<Row> of(Response response, int most) {
        var first = new FirstLines(most);
        try {
            Objects.requireNonNull(response.writer()).write(first);
        } catch (Enough e) {
            // The others are not wanted.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return first.text()
                .lines()
                .map(MAPPER::readTree)
                .map(RejectedSample::row)
                .toList();
    }

    private static Row row(JsonNode row) {
        return new Row(
                row.path("line").asLong(0),
                row.path("external_id").asString(""),
                row.path("errors").valueStream().map(RejectedSample::detail).toList());
    }

    private static String detail(JsonNode error) {
        var source = error.path("source");
        var place = source.path("column").asString(source.path("pointer").asString(""));
        var detail = error.path("detail").asString("");
        return place.isEmpty() ? detail : place + ": " + detail;
    }

    /// Ends the writing.
    private static final class Enough extends IOException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /// Takes whole lines until there are enough of them.
    private static final class FirstLines extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;
        private int lines;
        private int whole;

        FirstLines(int most) {
            this.most = most;
        }

        @Override
        public void write(int character) throws IOException {
            bytes.write(character);
            if (character == '\n') {
                lines++;
                whole = bytes.size();
            }
            if (lines == most || bytes.size() == MOST_BYTES) {
                throw new Enough();
            }
        }

        String text() {
            return new String(bytes.toByteArray(), 0, whole, StandardCharsets.UTF_8);
        }
    }
}
