package tv.roster.jsonapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes compact JSON (RFC 8259) in UTF-8, straight into the bytes that are sent.
///
/// Our own, because answers are most of what the server computes: see docs/performance.md for what it costs. It trusts
/// its caller to open and close what belongs together. A lone surrogate, which UTF-8 cannot carry, becomes U+FFFD.
public final class JsonWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int MOST_BYTES_A_CHAR = 6;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int LONGEST_NUMBER = 20;

    private byte[] bytes;
    private int size;
    private boolean needsComma;

    JsonWriter(int expectedBytes) {
        bytes = new byte[Math.max(expectedBytes, 64)];
    }

    /// What was written so far.
    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    public void writeStartObject() {
        open('{');
    }

    public void writeEndObject() {
        close('}');
    }

    public void writeStartArray() {
        open('[');
    }

    public void writeEndArray() {
        close(']');
    }

    public void writeObjectPropertyStart(String name) {
        writeName(name);
        open('{');
    }

    public void writeArrayPropertyStart(String name) {
        writeName(name);
        open('[');
    }

    public void writeStringProperty(String name, @Nullable String value) {
        writeName(name);
        writeString(value);
    }

    /// A member whose text is two parts that need no escaping: printable ASCII without `"` and `\\`. For addresses,
    /// which begin with the same bytes many times in one document.
    public void writeStringProperty(String name, byte[] plainStart, String plainEnd) {
        writeName(name);
        ensure(plainStart.length + plainEnd.length() + 2);
        bytes[size++] = '"';
        System.arraycopy(plainStart, 0, bytes, size, plainStart.length);
        size += plainStart.length;
        ascii(plainEnd);
        bytes[size++] = '"';
        needsComma = true;
    }

    public void writeNumberProperty(String name, long value) {
        writeName(name);
        writeNumber(value);
    }

    public void writeNumberProperty(String name, @Nullable Long value) {
        writeName(name);
        if (value == null) {
            writeNull();
        } else {
            writeNumber(value);
        }
    }

    public void writeBooleanProperty(String name, boolean value) {
        writeName(name);
        writeBoolean(value);
    }

    public void writeNullProperty(String name) {
        writeName(name);
        writeNull();
    }

    /// The name of a member, which needs no escaping: all of ours are ASCII words.
    public void writeName(String name) {
        beginValue(name.length() + 3);
        bytes[size++] = '"';
        ascii(name);
        bytes[size++] = '"';
        bytes[size++] = ':';
        needsComma = false;
    }

    /// A string, or null.
    public void writeString(@Nullable String value) {
        if (value == null) {
            writeNull();
        } else {
            text(value);
        }
    }

    public void writeNumber(long value) {
        beginValue(LONGEST_NUMBER);
        if (value >= 0 && value < 10) {
            bytes[size++] = (byte) ('0' + value);
        } else {
            ascii(Long.toString(value));
        }
        needsComma = true;
    }

    public void writeBoolean(boolean value) {
        literal(value ? "true" : "false");
    }

    public void writeNull() {
        literal("null");
    }

    /// A value that is JSON already, such as what PostgreSQL keeps as `jsonb`.
    public void writeRawValue(String value) {
        var raw = value.getBytes(StandardCharsets.UTF_8);
        beginValue(raw.length);
        System.arraycopy(raw, 0, bytes, size, raw.length);
        size += raw.length;
        needsComma = true;
    }

    /// A value of maps, iterables, strings, numbers, booleans and null.
    public void writeValue(@Nullable Object value) {
        switch (value) {
            case null -> writeNull();
            case Map<?, ?> map -> {
                writeStartObject();
                map.forEach((name, member) -> {
                    text(String.valueOf(name));
                    ensure(1);
                    bytes[size++] = ':';
                    needsComma = false;
                    writeValue(member);
                });
                writeEndObject();
            }
            case Iterable<?> elements -> {
                writeStartArray();
                elements.forEach(this::writeValue);
                writeEndArray();
            }
            case Long number -> writeNumber(number);
            case Integer number -> writeNumber(number);
            case Boolean truth -> writeBoolean(truth);
            default -> writeString(value.toString());
        }
    }

    private void open(char bracket) {
        beginValue(1);
        bytes[size++] = (byte) bracket;
        needsComma = false;
    }

    private void close(char bracket) {
        ensure(1);
        bytes[size++] = (byte) bracket;
        needsComma = true;
    }

    private void literal(String word) {
        beginValue(word.length());
        ascii(word);
        needsComma = true;
    }

    /// Copies the low byte of each character, which is all that ASCII has. Deprecated for what it does to other text,
    /// but the one way from a string into the middle of an array without a copy in between.
    @SuppressWarnings("deprecation")
    private void ascii(String text) {
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /// Makes room for a comma and `length` bytes, and writes the comma where one is due.
    private void beginValue(int length) {
        ensure(length + 1);
        if (needsComma) {
            bytes[size++] = ',';
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /// A quoted string. Most have nothing to escape and nothing beyond ASCII: those are copied in one go.
    private void text(String text) {
        beginValue(text.length() * MOST_BYTES_A_CHAR + 2);
        bytes[size++] = '"';
        if (isPlain(text)) {
            ascii(text);
        } else {
            escaped(text);
        }
        bytes[size++] = '"';
        needsComma = true;
    }

    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character < ' ' || character == '"' || character == '\\' || character >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private void escaped(String text) {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (character < 0x80) {
                escaped(character);
            } else {
                utf8(
                        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE
                                ? REPLACEMENT
                                : character);
            }
        }
    }

    private void escaped(int character) {
        if (character == '"' || character == '\\') {
            bytes[size++] = '\\';
            bytes[size++] = (byte) character;
        } else if (character >= ' ') {
            bytes[size++] = (byte) character;
        } else {
            ascii("\\u00");
            bytes[size++] = HEX[character >> 4];
            bytes[size++] = HEX[character & 0xf];
        }
    }

    private void utf8(int character) {
        if (character < 0x800) {
            bytes[size++] = (byte) (0xc0 | (character >> 6));
        } else {
            if (character < 0x10000) {
                bytes[size++] = (byte) (0xe0 | (character >> 12));
            } else {
                bytes[size++] = (byte) (0xf0 | (character >> 18));
                bytes[size++] = (byte) (0x80 | ((character >> 12) & 0x3f));
            }
            bytes[size++] = (byte) (0x80 | ((character >> 6) & 0x3f));
        }
        bytes[size++] = (byte) (0x80 | (character & 0x3f));
    }
}
