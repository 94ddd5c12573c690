package tv.roster.platform.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/// Compresses what is written, on threads of its own: it takes several times as long as everything else about a
/// response, and other requests would wait for it on their event loop. Without [#finish], what comes out is not whole.
final class CompressingStream extends OutputStream {
    /// The fastest level: the others cost several times as much for a little less.
    private static final int LEVEL = 1;

    /// Bytes that are compressed at a time.
    private static final int PART = 1 << 15;

    private static final ExecutorService THREADS = threads();

    private final OutputStream out;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream(PART);
    private final Compressor compressor = new Compressor(compressed);
    private final byte[] part = new byte[PART];
    private int length;

    CompressingStream(OutputStream out) throws IOException {
        this.out = out;
    }

    /// One for two processors, so that the others remain for requests and the database. They end if there is nothing
    /// to do.
    private static ExecutorService threads() {
        int number = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var threads = new ThreadPoolExecutor(
                number,
                number,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("compression-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static final class Compressor extends GZIPOutputStream {
        Compressor(OutputStream out) throws IOException {
            super(out, PART);
            def.setLevel(LEVEL);
        }

        void release() {
            def.end();
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        int at = offset;
        while (at < offset + count) {
            int fitting = Math.min(offset + count - at, PART - length);
            System.arraycopy(bytes, at, part, length, fitting);
            length += fitting;
            at += fitting;
            if (length == PART) {
                compressPart(false);
            }
        }
    }

    /// Writes the rest, and what says that it was all.
    void finish() throws IOException {
        compressPart(true);
    }

    private void compressPart(boolean isLast) throws IOException {
        var task = new FutureTask<Void>(() -> {
            compressor.write(part, 0, length);
            if (isLast) {
                compressor.finish();
            }
            return null;
        });
        THREADS.execute(task);
        await(task);
        length = 0;
        compressed.writeTo(out);
        compressed.reset();
    }

    private static void await(FutureTask<Void> task) throws IOException {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /// Frees what the compression holds outside of the heap.
    @Override
    public void close() {
        compressor.release();
    }
}
