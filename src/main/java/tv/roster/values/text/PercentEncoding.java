package tv.roster.values.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Percent-encoding of RFC 3986 with UTF-8, strict in both directions.
public final class PercentEncoding {
    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();
    private static final boolean[] UNRESERVED = lettersDigitsAnd("-._~");
    private static final boolean[] IN_QUERIES = lettersDigitsAnd("-._~!$&'()*+,;=:@/?%");

    private PercentEncoding() {}

    /// The decoded text; null if an escape or its UTF-8 is invalid, if it contains a character that must be encoded
    /// (a control character, or anything but ASCII), or if it contains NUL, which no value can have. A plus sign
    /// remains a plus sign.
    public static @Nullable String decode(String encoded) {
        boolean escaped = false;
        for (int at = 0; at < encoded.length(); at++) {
            char character = encoded.charAt(at);
            if (character < ' ' || character > '~') {
                return null;
            }
            escaped |= character == '%';
        }
        return escaped ? decodeEscapes(encoded) : encoded;
    }

    private static @Nullable String decodeEscapes(String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int at = 0; at < encoded.length(); at++) {
            char character = encoded.charAt(at);
            if (character != '%') {
                bytes.write(character);
                continue;
            }
            if (at + 2 >= encoded.length()
                    || !HexFormat.isHexDigit(encoded.charAt(at + 1))
                    || !HexFormat.isHexDigit(encoded.charAt(at + 2))) {
                return null;
            }
            int octet = HexFormat.fromHexDigits(encoded, at + 1, at + 3);
            if (octet == 0) {
                return null;
            }
            bytes.write(octet);
            at += 2;
        }
        return utf8(bytes.toByteArray());
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// Encodes everything except the unreserved characters of RFC 3986, for use in a path segment or a query.
    public static String encode(String text) {
        return allBut(UNRESERVED, text);
    }

    /// A query in the form of RFC 3986: encodes characters that clients leave unencoded in spite of it, such as
    /// brackets.
    public static String mend(String query) {
        return allBut(IN_QUERIES, query);
    }

    /// Encodes everything except these characters. Most texts contain nothing to encode and are returned unchanged.
    private static String allBut(boolean[] allowed, String text) {
        int at = 0;
        while (at < text.length() && isIn(allowed, text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var encoded = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (byte octet : text.substring(at).getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (isIn(allowed, character)) {
                encoded.append(character);
            } else {
                encoded.append('%').append(UPPER_CASE.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static boolean isIn(boolean[] allowed, char character) {
        return character < allowed.length && allowed[character];
    }

    private static boolean[] lettersDigitsAnd(String marks) {
        var allowed = new boolean[0x80];
        for (char character = 0; character < allowed.length; character++) {
            allowed[character] = Character.isLetterOrDigit(character) || marks.indexOf(character) >= 0;
        }
        return allowed;
    }
}
