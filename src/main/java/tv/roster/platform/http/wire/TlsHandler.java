package tv.roster.platform.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLEngine;

/// The TLS of one connection, which says what it holds that no other part sees: a handshake under way, and records
/// that are not whole.
final class TlsHandler extends SslHandler {
    /// Bytes that the JDK keeps for a handshake that waits for the client, beside what the client has sent.
    private static final int HANDSHAKE = 11 << 10;

    private int arrived;

    TlsHandler(SSLEngine engine) {
        super(engine);
    }

    boolean isReady() {
        return handshakeFuture().isSuccess();
    }

    /// Bytes that are held beside those of its connection.
    int held() {
        return internalBuffer().capacity() + (isReady() ? 0 : HANDSHAKE + arrived);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!isReady() && message instanceof ByteBuf bytes) {
            arrived += bytes.readableBytes();
        }
        super.channelRead(context, message);
    }
}
