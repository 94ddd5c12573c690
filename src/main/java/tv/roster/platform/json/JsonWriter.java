package tv.roster.platform.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.values.text.Digits;

/// Writes compact JSON (RFC 8259) in UTF-8, directly into the bytes that are sent.
///
/// A custom writer, since responses are most of what the server computes; docs/performance.md has the measurements.
/// It relies on its caller to open and close objects and arrays correctly. A lone surrogate, which UTF-8 cannot
/// represent, becomes U+FFFD.
public final class JsonWriter {
    private static final int MOST_BYTES_OF_A_CHAR = 6;
    private static final int USUAL_DOCUMENT = 2048;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int LONGEST_NUMBER = 20;

    private static final boolean[] NEEDS_NO_ESCAPING = needsNoEscaping();

    private byte[] bytes;
    private int size;
    private boolean needsComma;

    /// Indexed by byte of UTF-8. A question mark is excluded as well, since Java replaces a lone surrogate with
    /// one.
    private static boolean[] needsNoEscaping() {
        var plain = new boolean[256];
        Arrays.fill(plain, ' ', plain.length, true);
        for (char character : new char[] {'"', '\\', '?'}) {
            plain[character] = false;
        }
        return plain;
    }

    /// Writes into `buffer` as long as it is sufficient, then into longer arrays.
    JsonWriter(byte[] buffer) {
        bytes = buffer;
    }

    /// Compact JSON in UTF-8, written by `content`.
    public static byte[] write(Consumer<JsonWriter> content) {
        var json = new JsonWriter(new byte[USUAL_DOCUMENT]);
        content.accept(json);
        return json.toByteArray();
    }

    /// The bytes written so far, without copying them.
    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /// The bytes written so far, in a new array.
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// Ends a value and its line; another value can follow.
    void endLine() {
        ensure(1);
        bytes[size++] = '\n';
        needsComma = false;
    }

    int size() {
        return size;
    }

    /// Writes the bytes so far, and keeps none of them.
    void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
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

    /// A member whose text needs no escaping, such as a constant: printable ASCII without `"` and `\\`.
    public void writePlainProperty(String name, String plain) {
        writeName(name);
        beginValue(plain.length() + 2);
        bytes[size++] = '"';
        ascii(plain);
        bytes[size++] = '"';
        needsComma = true;
    }

    /// A member whose text is a UUID in its usual form of 36 characters (RFC 9562, section 4).
    public void writeUuidProperty(String name, UUID value) {
        writeName(name);
        beginValue(Digits.UUID_LENGTH + 2);
        bytes[size++] = '"';
        size = Digits.putUuid(value, bytes, size);
        bytes[size++] = '"';
        needsComma = true;
    }

    /// The members of a pattern, with these UUIDs in place of its placeholders.
    public void writeMembers(JsonPattern pattern, UUID first, UUID second) {
        beginValue(pattern.bytes.length);
        System.arraycopy(pattern.bytes, 0, bytes, size, pattern.bytes.length);
        fill(pattern.first, first);
        fill(pattern.second, second);
        size += pattern.bytes.length;
        needsComma = true;
    }

    /// Writes a UUID at each of these offsets from the current position.
    private void fill(int[] places, UUID value) {
        for (int place : places) {
            if (place == places[0]) {
                Digits.putUuid(value, bytes, size + place);
            } else {
                System.arraycopy(bytes, size + places[0], bytes, size + place, Digits.UUID_LENGTH);
            }
        }
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

    /// The name of a member, which needs no escaping: all names are ASCII words.
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
        if (value >= 0 && value <= Integer.MAX_VALUE) {
            size = Digits.putNumber((int) value, bytes, size);
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

    /// A value that is JSON already, such as `jsonb` from PostgreSQL.
    public void writeRawValue(String value) {
        var raw = value.getBytes(StandardCharsets.UTF_8);
        beginValue(raw.length);
        System.arraycopy(raw, 0, bytes, size, raw.length);
        size += raw.length;
        needsComma = true;
    }

    /// A value consisting of maps, iterables, strings, numbers, booleans and null.
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

    /// Copies the low byte of each character, which is sufficient for ASCII. The method is deprecated because it
    /// truncates other characters, but it is the only way to copy a string into the middle of an array without an
    /// intermediate copy.
    @SuppressWarnings("deprecation")
    private void ascii(String text) {
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /// Makes room for a comma and `length` bytes, and writes the comma if necessary.
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

    /// A quoted string. Most strings contain nothing to escape and are copied as a whole.
    private void text(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        beginValue(utf8.length * MOST_BYTES_OF_A_CHAR + 2);
        bytes[size++] = '"';
        if (isPlain(utf8)) {
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
        } else {
            escaped(text);
        }
        bytes[size++] = '"';
        needsComma = true;
    }

    private static boolean isPlain(byte[] utf8) {
        for (byte part : utf8) {
            if (!NEEDS_NO_ESCAPING[part & 0xff]) {
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
            bytes[size++] = (byte) ('0' + character / 16);
            bytes[size++] = (byte) Character.forDigit(character % 16, 16);
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
