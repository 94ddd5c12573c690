package tv.roster.platform.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// Reads requests as trees, strictly, and writes responses as streams.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /// Parses a body. Throws the 400 `malformed_json` if it is not JSON (RFC 8259), is not UTF-8, or contains a
    /// duplicate key. A byte order mark at the start is skipped, as section 8.1 of the RFC allows.
    public static JsonNode read(byte[] body) {
        if (isUtf16(body)) {
            throw new Refusal(ErrorCode.MALFORMED_JSON, "The body is UTF-16 or UTF-32; send it in UTF-8.");
        }
        try {
            // Decoded here, strictly: the parser would guess UTF-16 and accept some invalid UTF-8.
            int start = startsWith(body, 0xEF, 0xBB, 0xBF) ? 3 : 0;
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, start, body.length - start));
            var tree = MAPPER.readTree(text.toString());
            if (tree == null || tree.isMissingNode()) {
                throw new Refusal(ErrorCode.MALFORMED_JSON, "The body is empty.");
            }
            return tree;
        } catch (CharacterCodingException e) {
            throw new Refusal(ErrorCode.MALFORMED_JSON, "The body is not UTF-8.");
        } catch (JacksonException e) {
            throw new Refusal(ErrorCode.MALFORMED_JSON, "The body is not JSON: " + where(e));
        }
    }

    /// Recognised by its byte order mark, or otherwise by a NUL next to its first character, which is ASCII in any
    /// JSON (RFC 4627, section 3). UTF-32 begins in the same ways.
    private static boolean isUtf16(byte[] body) {
        return startsWith(body, 0xFE, 0xFF)
                || startsWith(body, 0xFF, 0xFE)
                || (body.length >= 2 && (body[0] == 0 || body[1] == 0));
    }

    private static boolean startsWith(byte[] body, int... octets) {
        for (int at = 0; at < octets.length; at++) {
            if (at >= body.length || (body[at] & 0xff) != octets[at]) {
                return false;
            }
        }
        return true;
    }

    private static String where(JacksonException e) {
        var place = e.getLocation();
        var what = e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate")
                ? "a key is repeated"
                : "not readable";
        return place == null
                ? what + "."
                : what + " at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".";
    }

    /// Compact JSON in UTF-8, written by `content`.
    public static byte[] write(Consumer<JsonWriter> content) {
        return JsonWriter.write(content);
    }

    /// The same for a long document: written into `buffer`, or into a longer array if it is too short.
    public static ByteBuffer write(byte[] buffer, Consumer<JsonWriter> content) {
        var json = new JsonWriter(buffer);
        content.accept(json);
        return json.written();
    }

    /// Writes the top-level member `jsonapi` of every document.
    public static void writeVersion(JsonWriter json) {
        json.writeObjectPropertyStart("jsonapi");
        json.writeStringProperty("version", "1.1");
        json.writeEndObject();
    }
}
