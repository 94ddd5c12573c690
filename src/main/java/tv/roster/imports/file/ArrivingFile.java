package tv.roster.imports.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tv.roster.calls.RowFormat;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// A file while it arrives: unpacked, with a limit to its size, and split into rows.
public final class ArrivingFile implements AutoCloseable {
    /// The most bytes of a file, unpacked; 16 GiB.
    public static final long LONGEST = 16L << 30;

    /// Bytes after which other threads of the event loop have their turn.
    private static final int PART = 1 << 17;

    private final InputStream file;
    private final FileRows rows;

    /// Begins to read a file; `arrives` is called again and again while something arrives.
    ///
    /// @throws Refusal `malformed_document` for damaged gzip and for UTF-16, `unknown_member` for a bad header line
    public static ArrivingFile of(InputStream body, RowFormat format, boolean gzip, Runnable arrives) {
        try {
            var file = new Limited(gzip ? new GzipFile(body) : body, arrives);
            try {
                return new ArrivingFile(file, FileRows.of(format, file));
            } catch (IOException | RuntimeException unreadable) {
                file.close();
                throw unreadable;
            }
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private ArrivingFile(InputStream file, FileRows rows) {
        this.file = file;
        this.rows = rows;
    }

    /// The rows, which know what the format has beside them.
    public FileRows rows() {
        return rows;
    }

    /// The next row that is not blank; null at the end of the file.
    public @Nullable RawRow next() {
        try {
            return rows.next();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private static Refusal refusal(IOException e) {
        return switch (e) {
            case ZipException damaged ->
                new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The file is not gzip, or is damaged.");
            case EOFException cutOff -> new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The gzip data is cut off.");
            case InterruptedIOException stopping -> new Refusal(ErrorCode.UNAVAILABLE, "The server is shutting down.");
            default -> new Refusal(ErrorCode.UNAVAILABLE, "The file could not be read to its end.");
        };
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /// Counts what comes out of the file, which can be a thousand times what has arrived.
    private static final class Limited extends InputStream {
        private final InputStream in;
        private final Runnable arrives;
        private long count;
        private int part;

        Limited(InputStream in, Runnable arrives) {
            this.in = in;
            this.arrives = arrives;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // On an event loop, to yield is to go to the end of its tasks.
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count += Math.max(read, 0);
            part += Math.max(read, 0);
            if (count > LONGEST) {
                throw new Refusal(
                        ErrorCode.BODY_TOO_LARGE, "The file has more than " + LONGEST + " bytes when it is unpacked.");
            }
            if (part >= PART) {
                part = 0;
                arrives.run();
                Thread.yield();
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
