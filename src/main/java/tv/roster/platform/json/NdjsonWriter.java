package tv.roster.platform.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/// Writes newline-delimited JSON in UTF-8: values of compact JSON, each on a line of its own.
public final class NdjsonWriter {
    private static final int USUAL = 1 << 15;

    private final JsonWriter json = new JsonWriter(new byte[USUAL]);

    /// Writes a line, whose value `content` writes.
    public void write(Consumer<JsonWriter> content) {
        content.accept(json);
        json.endLine();
    }

    /// The number of bytes that [#drainTo] would write.
    public int size() {
        return json.size();
    }

    /// Writes what there is so far, and keeps none of it.
    public void drainTo(OutputStream out) throws IOException {
        json.drainTo(out);
    }
}
