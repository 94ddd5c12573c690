package tv.roster.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;

/// The body of one request: read at most once, in time, and never left half-read in a connection that goes on.
final class RequestBody {
    /// Bytes a body may have, but for bulk calls: 1 MiB.
    private static final int LIMIT = 1 << 20;

    /// Bytes of a body that are ever looked at. The HTTP library holds one whole chunk in memory, so this is also the
    /// most that a chunk can cost.
    static final int LARGEST_SEEN = 16 << 20;

    /// Bodies dropped at a time, for the same reason; beyond that, connections are closed at once.
    private static final Semaphore DROPS = new Semaphore(8);

    private enum State {
        UNREAD,
        WHOLE,
        TOO_LARGE,
        BROKEN
    }

    private final ServerRequest helidon;
    private final Deadlines deadlines;
    private Consumer<Refusal> whenLate = refusal -> {};
    private State state;
    private byte[] bytes = {};
    private @Nullable InputStream stream;

    RequestBody(ServerRequest helidon, Deadlines deadlines) {
        this.helidon = helidon;
        this.deadlines = deadlines;
        this.state = isSent() ? State.UNREAD : State.WHOLE;
    }

    void whenLate(Consumer<Refusal> answer) {
        whenLate = answer;
    }

    boolean isSent() {
        return isChunked() || length() > 0;
    }

    private boolean isChunked() {
        return helidon.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    private long length() {
        return helidon.headers().contentLength().orElse(0);
    }

    byte[] bytes() {
        switch (state) {
            case WHOLE -> {
                return bytes;
            }
            case UNREAD -> read();
            case TOO_LARGE, BROKEN -> throw new IllegalStateException("The body was refused before");
        }
        return bytes;
    }

    private void read() {
        if (length() > LIMIT) {
            throw tooLarge();
        }
        state = State.BROKEN;
        var read = received();
        if (read.length > LIMIT) {
            throw tooLarge();
        }
        bytes = read;
        state = State.WHOLE;
    }

    private byte[] received() {
        try {
            return deadlines.within(() -> stream().readNBytes(LIMIT + 1), this::answerLate);
        } catch (RequestException e) {
            throw e.status().code() == ErrorCode.BODY_TOO_LARGE.status() ? tooLarge() : notInChunks();
        } catch (IllegalArgumentException | DataReader.IncorrectNewLineException e) {
            throw notInChunks();
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw Request.badHeader(
                    isChunked() ? "Transfer-Encoding" : "Content-Length", "The body ended before its end.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Refusal notInChunks() {
        return Request.badHeader("Transfer-Encoding", "The body does not come in chunks as the header says.");
    }

    private InputStream stream() {
        if (stream == null) {
            stream = helidon.content().inputStream();
        }
        return stream;
    }

    private void answerLate() {
        whenLate.accept(new Refusal(ErrorCode.REQUEST_TIMEOUT, "The body did not arrive in time."));
    }

    private Refusal tooLarge() {
        state = State.TOO_LARGE;
        return new Refusal(ErrorCode.BODY_TOO_LARGE, "The body has more than " + LIMIT + " bytes.");
    }

    /// Whether nothing of the body is left to come, or so little that [#settle] will read it.
    boolean canSettle() {
        boolean little = !isChunked() && length() <= LIMIT && !isWaitedFor();
        return state == State.WHOLE || (state == State.UNREAD && little);
    }

    /// Reads what is left of a body that nobody wanted, after the answer; false if it does not come.
    boolean settle() {
        if (state == State.UNREAD) {
            whenLate = refusal -> {};
            try {
                read();
            } catch (Refusal broken) {
                return false;
            }
        }
        return state == State.WHOLE;
    }

    void drop() {
        boolean comes = (state == State.UNREAD || state == State.TOO_LARGE) && !isWaitedFor();
        if (!comes || !DROPS.tryAcquire()) {
            return;
        }
        try {
            deadlines.within(this::skip, () -> {});
        } catch (IOException | RuntimeException e) {
            // It is the client's loss: the connection is closed anyway.
            state = State.BROKEN;
        } finally {
            DROPS.release();
        }
    }

    /// Whether no byte of the body was asked for, and the client sends it only when asked.
    private boolean isWaitedFor() {
        return stream == null && helidon.headers().containsToken(HeaderValues.EXPECT_100);
    }

    private long skip() throws IOException {
        var buffer = new byte[1 << 14];
        long skipped = 0;
        int read = 0;
        while (read >= 0 && skipped < LARGEST_SEEN) {
            read = stream().read(buffer);
            skipped += read;
        }
        return skipped;
    }
}
