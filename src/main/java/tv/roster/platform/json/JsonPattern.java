package tv.roster.platform.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import tv.roster.values.text.Digits;

/// Members of an object that are always the same except for two UUIDs: written once, and then copied.
public final class JsonPattern {
    final byte[] bytes;
    final int[] first;
    final int[] second;

    private JsonPattern(byte[] bytes, int[] first, int[] second) {
        this.bytes = bytes;
        this.first = first;
        this.second = second;
    }

    /// Takes what `members` writes as the pattern; `first` and `second` in it are the placeholders.
    public static JsonPattern of(Consumer<JsonWriter> members, UUID first, UUID second) {
        var bytes = Json.write(members);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return new JsonPattern(bytes, places(text, first), places(text, second));
    }

    private static int[] places(String text, UUID value) {
        var places = new int[text.length() / Digits.UUID_LENGTH];
        int count = 0;
        for (int at = text.indexOf(value.toString()); at >= 0; at = text.indexOf(value.toString(), at + 1)) {
            places[count++] = at;
        }
        return Arrays.copyOf(places, count);
    }
}
