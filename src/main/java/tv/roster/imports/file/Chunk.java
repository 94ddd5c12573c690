package tv.roster.imports.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import tv.roster.imports.file.RawRow.Fault;

/// Rows that are stored together: few enough to be carried out in one transaction.
public final class Chunk {
    /// The most rows of a chunk.
    public static final int MOST_ROWS = 1_000;

    /// A chunk that has so many bytes gets no further row.
    private static final int FULL = 1 << 19;

    private static final int HEAD = Long.BYTES + Integer.BYTES;

    /// By how much a text that cannot be compressed may grow, in addition to a hundredth.
    private static final int SLACK = 64;

    private final List<RawRow> rows = new ArrayList<>();
    private int bytes;

    /// The rows of a chunk that was full before.
    public static Chunk of(List<RawRow> rows) {
        var chunk = new Chunk();
        rows.forEach(chunk::add);
        return chunk;
    }

    /// Adds a row; returns whether there is no room for another one.
    public boolean add(RawRow row) {
        rows.add(row);
        bytes += row.bytes().length;
        return rows.size() == MOST_ROWS || bytes >= FULL;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The rows, compressed: the number of bytes that they have in all, then their deflated lines, lengths and
    /// bytes.
    public byte[] packed() {
        var raw = ByteBuffer.allocate(bytes + rows.size() * HEAD);
        for (var row : rows) {
            // A fault stands in place of a length.
            raw.putLong(row.line())
                    .putInt(
                            row.fault() == null
                                    ? row.bytes().length
                                    : row.fault().mark())
                    .put(row.bytes());
        }
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(raw.array());
            deflater.finish();
            var packed = new byte[Integer.BYTES + raw.capacity() + raw.capacity() / 100 + SLACK];
            ByteBuffer.wrap(packed).putInt(raw.capacity());
            int size = deflater.deflate(packed, Integer.BYTES, packed.length - Integer.BYTES);
            if (!deflater.finished()) {
                throw new IllegalStateException("Deflated rows are longer than they can be");
            }
            return Arrays.copyOf(packed, Integer.BYTES + size);
        } finally {
            deflater.end();
        }
    }

    /// The rows that [#packed] has compressed.
    public static List<RawRow> unpacked(byte[] packed) {
        var raw = ByteBuffer.wrap(inflated(packed));
        var rows = new ArrayList<RawRow>();
        while (raw.hasRemaining()) {
            long line = raw.getLong();
            int length = raw.getInt();
            var row = new byte[Math.max(0, length)];
            raw.get(row);
            rows.add(new RawRow(line, Fault.marked(length), row));
        }
        return rows;
    }

    private static byte[] inflated(byte[] packed) {
        var raw = new byte[ByteBuffer.wrap(packed).getInt()];
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed, Integer.BYTES, packed.length - Integer.BYTES);
            int size = 0;
            while (size < raw.length && !inflater.finished()) {
                size += inflater.inflate(raw, size, raw.length - size);
            }
            return raw;
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
    }
}
