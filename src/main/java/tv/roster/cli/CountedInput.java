package tv.roster.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the bytes that are read.
final class CountedInput extends FilterInputStream {
    private final AtomicLong count;

    CountedInput(InputStream in, AtomicLong count) {
        super(in);
        this.count = count;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count.incrementAndGet();
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int from, int most) throws IOException {
        int length = super.read(buffer, from, most);
        if (length > 0) {
            count.addAndGet(length);
        }
        return length;
    }
}
