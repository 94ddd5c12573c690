package tv.roster.platform.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/// Writes one JSON document of any length, of which it keeps a part at the most.
public final class JsonStream {
    private static final int USUAL = 1 << 15;

    /// Bytes that are sent at a time.
    private static final int PART = 24 << 10;

    private final JsonWriter json = new JsonWriter(new byte[USUAL]);
    private final OutputStream out;

    public JsonStream(OutputStream out) {
        this.out = out;
    }

    /// Goes on with what `part` writes, which need not close what it opens.
    public void write(Consumer<JsonWriter> part) throws IOException {
        part.accept(json);
        if (json.size() >= PART) {
            json.drainTo(out);
        }
    }

    /// Sends what is left.
    public void finish() throws IOException {
        json.drainTo(out);
    }
}
