package tv.roster.calls;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import tv.roster.platform.csv.CsvWriter;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.json.NdjsonWriter;

/// Writes rows of any number in one of the formats, and keeps a part of them at the most.
public final class RowWriter<T> {
    /// Bytes that are written at a time.
    private static final int PART = 24 << 10;

    private final Consumer<T> row;
    private final IntSupplier size;
    private final Drain drain;

    private interface Drain {
        void to(OutputStream out) throws IOException;
    }

    private RowWriter(Consumer<T> row, IntSupplier size, Drain drain) {
        this.row = row;
        this.size = size;
        this.drain = drain;
    }

    /// Each row on a line of its own, as the value that `value` writes.
    public static <T> RowWriter<T> ndjson(BiConsumer<JsonWriter, T> value) {
        var lines = new NdjsonWriter();
        return new RowWriter<>(row -> lines.write(json -> value.accept(json, row)), lines::size, lines::drainTo);
    }

    /// A header line with these names, and the cells of each row, which `cells` writes.
    public static <T> RowWriter<T> csv(List<String> header, BiConsumer<CsvWriter, T> cells) {
        var csv = new CsvWriter();
        header.forEach(csv::writeText);
        csv.endRow();
        return new RowWriter<>(
                row -> {
                    cells.accept(csv, row);
                    csv.endRow();
                },
                csv::size,
                csv::drainTo);
    }

    /// Writes these rows; returns how many bytes they have.
    public long write(List<T> rows, OutputStream body) throws IOException {
        long bytes = -size.getAsInt();
        for (var one : rows) {
            row.accept(one);
            if (size.getAsInt() >= PART) {
                bytes += size.getAsInt();
                drain.to(body);
            }
        }
        return bytes + size.getAsInt();
    }

    /// Writes what is left.
    public void finish(OutputStream body) throws IOException {
        drain.to(body);
    }
}
