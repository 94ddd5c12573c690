package tv.roster.platform.http.receiving;

import io.netty.buffer.ByteBuf;

/// Where a request's body ends (RFC 9112, section 6): after a number of bytes, or with its last chunk. Chunks are read
/// to the letter of section 7.1: what is taken leniently here, a proxy before us may have understood otherwise, and
/// then the two would not agree where the next request begins. Extensions and trailers are read and forgotten.
public final class BodyFrame {
    /// How far a body is.
    enum Progress {
        /// More has to arrive.
        INCOMPLETE,
        /// More has arrived than is taken for now.
        FULL,
        ENDED,
        BROKEN
    }

    /// Takes the bytes of a body.
    @FunctionalInterface
    interface Taker {
        /// Takes some of the next `most` bytes, and says how many: with fewer, it wants no more for now.
        int take(ByteBuf in, int most);
    }

    private enum Part {
        SIZE,
        SPACE_BEFORE_EXTENSION,
        EXTENSION,
        SIZE_END,
        DATA,
        DATA_RETURN,
        DATA_END,
        TRAILER,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_END,
        LAST_END,
        ENDED,
        BROKEN
    }

    /// Bytes of all extensions and trailers of a body.
    private static final int MOST_BESIDES = 16 * 1024;

    private static final int MOST_DIGITS = 16;
    private static final int HEXADECIMAL = 16;
    private static final String OTHERS_IN_NAMES = "!#$%&'*+-.^_`|~";

    private final boolean chunked;
    private Part part;
    private long left;
    private int digits;
    private int besides;

    private BodyFrame(boolean chunked, Part first, long left) {
        this.chunked = chunked;
        this.part = first;
        this.left = left;
    }

    /// A body of so many bytes, at least one.
    public static BodyFrame ofLength(long length) {
        return new BodyFrame(false, Part.DATA, length);
    }

    public static BodyFrame ofChunks() {
        return new BodyFrame(true, Part.SIZE, 0);
    }

    /// Reads on, up to the end of the body or of what has arrived.
    Progress read(ByteBuf in, Taker taker) {
        while (in.isReadable()) {
            if (part != Part.DATA) {
                part = after((char) (in.readByte() & 0xff));
            } else if (!readData(in, taker)) {
                return Progress.FULL;
            }
            if (part == Part.ENDED) {
                return Progress.ENDED;
            }
            if (part == Part.BROKEN) {
                return Progress.BROKEN;
            }
        }
        return Progress.INCOMPLETE;
    }

    /// False if not all of it was taken.
    private boolean readData(ByteBuf in, Taker taker) {
        int most = (int) Math.min(left, in.readableBytes());
        int taken = taker.take(in, most);
        left -= taken;
        if (left == 0) {
            part = chunked ? Part.DATA_RETURN : Part.ENDED;
        }
        return taken == most;
    }

    private Part after(char next) {
        return switch (part) {
            case SIZE -> afterSize(next);
            case SPACE_BEFORE_EXTENSION -> isSpace(next) ? aside() : next == ';' ? Part.EXTENSION : Part.BROKEN;
            case EXTENSION -> next == '\r' ? Part.SIZE_END : isText(next) ? aside() : Part.BROKEN;
            case SIZE_END -> next == '\n' ? afterSizeLine() : Part.BROKEN;
            case DATA_RETURN -> next == '\r' ? Part.DATA_END : Part.BROKEN;
            case DATA_END -> next == '\n' ? Part.SIZE : Part.BROKEN;
            case TRAILER -> next == '\r' ? Part.LAST_END : isInName(next) ? Part.TRAILER_NAME : Part.BROKEN;
            case TRAILER_NAME -> next == ':' ? Part.TRAILER_VALUE : isInName(next) ? aside() : Part.BROKEN;
            case TRAILER_VALUE -> next == '\r' ? Part.TRAILER_END : isText(next) ? aside() : Part.BROKEN;
            case TRAILER_END -> next == '\n' ? Part.TRAILER : Part.BROKEN;
            case LAST_END -> next == '\n' ? Part.ENDED : Part.BROKEN;
            case DATA, ENDED, BROKEN -> throw new IllegalStateException(part.toString());
        };
    }

    private Part afterSize(char next) {
        int digit = next < 0x80 ? Character.digit(next, HEXADECIMAL) : -1;
        if (digit >= 0) {
            left = left * HEXADECIMAL + digit;
            return left > Integer.MAX_VALUE || ++digits > MOST_DIGITS ? Part.BROKEN : Part.SIZE;
        }
        if (digits == 0) {
            return Part.BROKEN;
        }
        return switch (next) {
            case '\r' -> Part.SIZE_END;
            case ';' -> Part.EXTENSION;
            default -> isSpace(next) ? Part.SPACE_BEFORE_EXTENSION : Part.BROKEN;
        };
    }

    private Part afterSizeLine() {
        digits = 0;
        return left == 0 ? Part.TRAILER : Part.DATA;
    }

    /// The same part goes on with a byte that is not kept.
    private Part aside() {
        return ++besides > MOST_BESIDES ? Part.BROKEN : part;
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t';
    }

    private static boolean isText(char character) {
        return character == '\t' || (character >= ' ' && character != 0x7f);
    }

    private static boolean isInName(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || OTHERS_IN_NAMES.indexOf(character) >= 0;
    }
}
