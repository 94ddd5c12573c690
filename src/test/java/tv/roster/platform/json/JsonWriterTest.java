package tv.roster.platform.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonWriterTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static String written(Consumer<JsonWriter> content) {
        var json = new JsonWriter(new byte[3]);
        content.accept(json);
        return new String(json.toByteArray(), UTF_8);
    }

    @Test
    void putsCommasBetweenMembersAndElementsAlone() {
        assertThat(written(json -> {
                    json.writeStartObject();
                    json.writeStringProperty("a", "x");
                    json.writeNumberProperty("b", 10);
                    json.writeNullProperty("c");
                    json.writeBooleanProperty("d", true);
                    json.writeArrayPropertyStart("e");
                    json.writeString("y");
                    json.writeStartObject();
                    json.writeEndObject();
                    json.writeNumber(-7);
                    json.writeEndArray();
                    json.writeObjectPropertyStart("f");
                    json.writePlainProperty("g", "plain/text");
                    json.writeEndObject();
                    json.writeEndObject();
                }))
                .isEqualTo(json("{'a':'x','b':10,'c':null,'d':true,'e':['y',{},-7],'f':{'g':'plain/text'}}"));
    }

    @Test
    void writesUuidsAsTheirText() {
        var random = new Random(7);
        for (int i = 0; i < 100; i++) {
            var uuid = new UUID(random.nextLong(), random.nextLong());
            assertThat(written(json -> json.writeUuidProperty("a", uuid))).isEqualTo(json("'a':'" + uuid + "'"));
        }
    }

    @Test
    void fillsAPatternsUuids() {
        var first = new UUID(1, 1);
        var second = new UUID(2, 2);
        var pattern = JsonPattern.of(
                json -> {
                    json.writeStringProperty("a", "/x/" + first);
                    json.writeUuidProperty("b", second);
                    json.writeStringProperty("c", first + "/y");
                },
                first,
                second);
        var one = UUID.randomUUID();
        var other = UUID.randomUUID();
        assertThat(written(json -> {
                    json.writeStartObject();
                    json.writeNumberProperty("z", 1);
                    json.writeMembers(pattern, one, other);
                    json.writeNullProperty("d");
                    json.writeEndObject();
                }))
                .isEqualTo(
                        json("{'z':1,'a':'/x/%s','b':'%s','c':'%s/y','d':null}").formatted(one, other, one));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void writesNumbersAsTheirText(long number) {
        assertThat(written(json -> json.writeNumber(number))).isEqualTo(Long.toString(number));
    }

    @Test
    void writesNestedValues() {
        assertThat(written(json -> json.writeValue(Map.of("page", Map.of("sizes", List.of(1, 2L, "x", true))))))
                .isEqualTo(json("{'page':{'sizes':[1,2,'x',true]}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "\"", "\\", "\n\t\u0000\u001f", "\u007f\u0080", "ä\u07ff\u0800\uffff", "😀x", "a\"ä\\😀"
            })
    void whatItWritesReadsTheSame(String text) {
        assertThat(JSON.readTree(written(json -> json.writeString(text))).asString())
                .isEqualTo(text);
    }

    @Test
    void replacesLoneSurrogates() {
        assertThat(written(json -> json.writeString("a\ud83d"))).isEqualTo(json("'a\ufffd'"));
        assertThat(written(json -> json.writeString("\ude00b"))).isEqualTo(json("'\ufffdb'"));
    }

    @Test
    void anyTextAndNumberReadsTheSame() {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            var text = random.ints(random.nextInt(40), 0, 0x10ffff)
                    .filter(character -> character < 0xd800 || character > 0xdfff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            long number = random.nextLong() >> random.nextInt(64);
            var tree = JSON.readTree(written(json -> json.writeValue(List.of(text, number))));
            assertThat(tree.get(0).asString()).isEqualTo(text);
            assertThat(tree.get(1).asLong()).isEqualTo(number);
        }
    }
}
