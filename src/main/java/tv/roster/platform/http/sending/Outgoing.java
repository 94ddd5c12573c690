package tv.roster.platform.http.sending;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// A response as it goes out, piece by piece. Used by the connection's event loop.
public interface Outgoing {
    /// Whether there is a piece to write now.
    boolean hasNext();

    /// The next piece to write.
    ByteBuf next(ByteBufAllocator allocator);

    /// Whether all of it was written.
    boolean isOver();

    /// Whether the connection ends with it; known when it is over.
    boolean isLast();

    /// Bytes that it keeps and that are not written yet.
    int remaining();

    /// Called when it has gone, or never will.
    void gone();
}
