package tv.roster.platform.outgoing;

import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A request under way. Its first outcome counts.
final class Attempt {
    /// How much of a response is kept.
    static final int KEPT_BYTES = 1024;

    private final Message message;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final long begun = System.nanoTime();
    private final byte[] kept = new byte[KEPT_BYTES];
    private volatile int size;
    private volatile @Nullable Channel channel;
    private volatile @Nullable Integer status;
    private volatile @Nullable String retryAfter;
    private volatile @Nullable Future<?> deadline;

    Attempt(Message message) {
        this.message = message;
    }

    Message message() {
        return message;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    boolean isOver() {
        return outcome.isDone();
    }

    /// Whether the status of the response has arrived.
    boolean hasStatus() {
        return status != null;
    }

    void endsBy(Future<?> timer) {
        deadline = timer;
    }

    /// The connection that is closed when the time is over.
    void uses(Channel connection) {
        channel = connection;
        if (isOver()) {
            var _ = connection.close();
        }
    }

    void responds(int code, @Nullable String retry) {
        status = code;
        retryAfter = retry;
    }

    /// How many more bytes of the response are kept.
    int room() {
        return KEPT_BYTES - size;
    }

    byte[] kept() {
        return kept;
    }

    int keep(int bytes) {
        int from = size;
        size = from + bytes;
        return from;
    }

    /// There will be no more of the response than what has arrived: without a status, that is a failure.
    void end(@Nullable String detail) {
        var code = status;
        if (code == null) {
            complete(Outcome.failed(milliseconds(), detail == null ? "There was no response." : detail));
        } else {
            complete(new Outcome(code, milliseconds(), text(), detail, retryAfter));
        }
    }

    /// The same, and the connection is of no more use.
    void abort(String detail) {
        end(detail);
        var connection = channel;
        if (connection != null) {
            var _ = connection.close();
        }
    }

    private void complete(Outcome result) {
        var timer = deadline;
        if (outcome.complete(result) && timer != null) {
            timer.cancel(false);
        }
    }

    private String text() {
        // A character that the end cuts in two, and NUL, which a database does not store, become U+FFFD.
        return new String(kept, 0, size, StandardCharsets.UTF_8).replace('\0', '\ufffd');
    }

    private long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
