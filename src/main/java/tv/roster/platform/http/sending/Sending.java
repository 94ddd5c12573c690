package tv.roster.platform.http.sending;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Sends one response after the other to a client, no faster than it takes them. Runs on the connection's event
/// loop.
public final class Sending {
    private static final int LONG = 1 << 17;

    private final Channel channel;
    private final BiConsumer<Outgoing, ChannelFuture> whenWritten;
    private final Runnable whenGone;
    private @Nullable Outgoing response;

    /// `whenWritten` is called for each response whose last piece was handed to the channel, `whenGone` for each
    /// that has left it or never will.
    public Sending(Channel channel, BiConsumer<Outgoing, ChannelFuture> whenWritten, Runnable whenGone) {
        this.channel = channel;
        this.whenWritten = whenWritten;
        this.whenGone = whenGone;
    }

    public void begin(Outgoing next) {
        response = next;
        goOn();
    }

    public boolean isUnderWay() {
        return response != null;
    }

    /// Whether something waits for the client to take what came before.
    public boolean isHeldUp() {
        return response != null && response.hasNext();
    }

    /// Bytes that are held for what the client has not taken yet. Of a long response only what is on its way: it
    /// had leave for the rest, or is a file that is kept anyway.
    public long held() {
        long unsent = channel.isWritable()
                ? Math.max(0, channel.config().getWriteBufferHighWaterMark() - channel.bytesBeforeUnwritable())
                : channel.config().getWriteBufferLowWaterMark() + channel.bytesBeforeWritable();
        var current = response;
        return current == null || current.remaining() > LONG ? unsent : unsent + current.remaining();
    }

    /// Writes what the client takes now.
    @SuppressWarnings("ReferenceEquality") // Answers are compared by identity.
    public void goOn() {
        var current = response;
        if (current == null) {
            return;
        }
        // A write may call this again before it returns: the channel says at once that it is full, and soon that it
        // is not.
        while (response == current && current.hasNext() && channel.isWritable()) {
            var written = channel.write(current.next(channel.alloc()));
            if (response == current && current.isOver()) {
                response = null;
                written.addListener(done -> gone(current));
                whenWritten.accept(current, written);
            }
        }
        channel.flush();
        if (!channel.isActive()) {
            giveUp();
        }
    }

    /// Forgets a response whose client is gone.
    public void giveUp() {
        var current = response;
        if (current != null) {
            response = null;
            gone(current);
        }
    }

    private void gone(Outgoing given) {
        given.gone();
        whenGone.run();
    }
}
