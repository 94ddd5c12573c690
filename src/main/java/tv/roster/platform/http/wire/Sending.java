package tv.roster.platform.http.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Gives one answer after the other to a client, no faster than it takes them. Runs on the connection's event loop.
final class Sending {
    private static final int LONG = 1 << 17;

    private final Channel channel;
    private final BiConsumer<Outgoing, ChannelFuture> whenWritten;
    private final Runnable whenGone;
    private @Nullable Outgoing answer;

    /// `whenWritten` is told of each answer whose last piece was handed to the channel, `whenGone` of each that has
    /// left it or never will.
    Sending(Channel channel, BiConsumer<Outgoing, ChannelFuture> whenWritten, Runnable whenGone) {
        this.channel = channel;
        this.whenWritten = whenWritten;
        this.whenGone = whenGone;
    }

    void begin(Outgoing next) {
        answer = next;
        goOn();
    }

    boolean isUnderWay() {
        return answer != null;
    }

    /// Whether something waits for the client to take what came before.
    boolean isHeldUp() {
        return answer != null && answer.hasNext();
    }

    /// Bytes that are held for what the client has not taken yet. Of a long answer only what is on its way: it had
    /// leave for the rest, or is a file that is kept anyway.
    long held() {
        long unsent = channel.isWritable()
                ? Math.max(0, channel.config().getWriteBufferHighWaterMark() - channel.bytesBeforeUnwritable())
                : channel.config().getWriteBufferLowWaterMark() + channel.bytesBeforeWritable();
        var current = answer;
        return current == null || current.remaining() > LONG ? unsent : unsent + current.remaining();
    }

    /// Writes what the client takes now.
    @SuppressWarnings("ReferenceEquality") // Answers are compared by identity.
    void goOn() {
        var current = answer;
        if (current == null) {
            return;
        }
        // A write may call this again before it returns: the channel says at once that it is full, and soon that it
        // is not.
        while (answer == current && current.hasNext() && channel.isWritable()) {
            var written = channel.write(current.next(channel.alloc()));
            if (answer == current && current.isOver()) {
                answer = null;
                written.addListener(done -> gone(current));
                whenWritten.accept(current, written);
            }
        }
        channel.flush();
        if (!channel.isActive()) {
            giveUp();
        }
    }

    /// Forgets an answer whose client is gone.
    void giveUp() {
        var current = answer;
        if (current != null) {
            answer = null;
            gone(current);
        }
    }

    private void gone(Outgoing given) {
        given.gone();
        whenGone.run();
    }
}
