package tv.roster.platform.http.receiving;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a request's head has to keep to beyond what Netty's decoder demands (RFC 9112, sections 2 to 5): single spaces
/// in the request line, `HTTP` in capitals, no folded header, no more than 100 of them, hardly anything before the
/// request line. Looks at each byte once, however they trickle in.
public final class HeadRules {
    /// The headers of a request.
    public static final int MOST_HEADERS = 100;

    /// Empty lines before a request, which section 2.2 asks to be patient with.
    private static final int MOST_EMPTY_LINES = 4;

    private static final byte[] PROTOCOL = "HTTP/".getBytes(StandardCharsets.US_ASCII);

    /// More headers than are served.
    public static final class TooManyHeaders extends IllegalArgumentException {
        private static final long serialVersionUID = 1;
    }

    private int emptyLines;
    private boolean begun;
    private int lines;
    private boolean lineBegins = true;
    private int seen;
    private int wordEnd;

    /// Whether there is more than empty lines.
    boolean hasBegun() {
        return begun;
    }

    /// What is wrong with what has arrived of the head, or null. Skips the empty lines before it.
    @Nullable
    Exception faultIn(ByteBuf in) {
        while (!begun && in.isReadable()) {
            int at = in.readerIndex();
            byte first = in.getByte(at);
            if (first != '\r') {
                begun = true;
                if (first <= ' ' || first == 0x7f) {
                    return new IllegalArgumentException("Not the first letter of a method");
                }
            } else if (in.readableBytes() == 1) {
                return null;
            } else if (in.getByte(at + 1) != '\n' || ++emptyLines > MOST_EMPTY_LINES) {
                return new IllegalArgumentException("Too much before the request line");
            } else {
                in.skipBytes(2);
            }
        }
        return faultInLines(in);
    }

    private @Nullable Exception faultInLines(ByteBuf in) {
        int end = in.writerIndex();
        int at = in.readerIndex() + seen;
        while (at < end) {
            byte next = in.getByte(at);
            if (lineBegins) {
                if (next == '\r' || next == '\n') {
                    break;
                }
                if (next == ' ' || next == '\t') {
                    return new IllegalArgumentException("A header is folded");
                }
                if (++lines > 1 + MOST_HEADERS) {
                    return new TooManyHeaders();
                }
            }
            int lineEnd = in.indexOf(at, end, (byte) '\n');
            lineBegins = lineEnd >= 0;
            at = lineBegins ? lineEnd + 1 : end;
        }
        seen = at - in.readerIndex();
        return null;
    }

    /// So many of the bytes were decoded.
    void decoded(int bytes) {
        seen = Math.max(0, seen - bytes);
    }

    /// The next head begins.
    void reset() {
        emptyLines = 0;
        begun = false;
        lines = 0;
        lineBegins = true;
        seen = 0;
    }

    /// The three words of a request line, as Netty found them.
    void method(int start, int length) {
        require(start == 0);
        wordEnd = length;
    }

    void target(byte[] line, int start, int length) {
        require(start == wordEnd + 1 && line[wordEnd] == ' ');
        wordEnd = start + length;
        for (int at = start; at < wordEnd; at++) {
            require((line[at] < 0 || line[at] > ' ') && line[at] != 0x7f);
        }
    }

    void version(byte[] line, int start, int length) {
        require(start == wordEnd + 1 && line[wordEnd] == ' ' && length > PROTOCOL.length);
        for (int at = 0; at < PROTOCOL.length; at++) {
            require(line[start + at] == PROTOCOL[at]);
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("Not a request line");
        }
    }
}
