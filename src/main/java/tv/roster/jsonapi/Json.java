package tv.roster.jsonapi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads requests as trees, strictly, and writes answers as streams.
public final class Json {
    private static final int USUAL_DOCUMENT = 2048;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /// The tree of a body. Refuses with 400 `malformed_json` what is no JSON (RFC 8259), no UTF-8, or has a key twice.
    public static JsonNode read(byte[] body) {
        try {
            // Decoded here, strictly: the parser would guess at UTF-16 and let some broken UTF-8 pass.
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            var tree = MAPPER.readTree(text.toString());
            if (tree == null || tree.isMissingNode()) {
                throw new Refusal(ErrorCode.MALFORMED_JSON, "The body is empty.");
            }
            return tree;
        } catch (CharacterCodingException e) {
            throw new Refusal(ErrorCode.MALFORMED_JSON, "The body is not UTF-8.");
        } catch (JacksonException e) {
            throw new Refusal(ErrorCode.MALFORMED_JSON, "The body is no JSON: " + where(e));
        }
    }

    private static String where(JacksonException e) {
        var place = e.getLocation();
        var what = e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate")
                ? "a key comes twice"
                : "not readable";
        return place == null
                ? what + "."
                : what + " at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".";
    }

    /// Compact JSON in UTF-8, written by `content`.
    public static byte[] write(Consumer<JsonGenerator> content) {
        return write(USUAL_DOCUMENT, content);
    }

    /// The same, with the number of bytes to expect.
    public static byte[] write(int expectedBytes, Consumer<JsonGenerator> content) {
        try (var bytes = new ByteArrayBuilder(expectedBytes)) {
            try (var json = MAPPER.createGenerator(bytes)) {
                content.accept(json);
            }
            return bytes.toByteArray();
        }
    }

    /// Writes the top-level `jsonapi` member that every document carries.
    public static void writeVersion(JsonGenerator json) {
        json.writeObjectPropertyStart("jsonapi");
        json.writeStringProperty("version", "1.1");
        json.writeEndObject();
    }

    /// The text with what no JSON string can carry (lone surrogates) replaced.
    public static String printable(String text) {
        StringBuilder mended = null;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (!Character.isSurrogate(character)) {
                continue;
            }
            if (Character.isHighSurrogate(character)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
                continue;
            }
            mended = mended == null ? new StringBuilder(text) : mended;
            mended.setCharAt(at, '\uFFFD');
        }
        return mended == null ? text : mended.toString();
    }
}
