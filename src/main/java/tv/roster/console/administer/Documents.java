package tv.roster.console.administer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.json.JsonWriter;

/// Members of documents of the admin API, as its callers write and read them.
final class Documents {
    private Documents() {}

    static void write(JsonWriter json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    static @Nullable Long time(JsonNode number) {
        return number.isNumber() ? number.asLong() : null;
    }

    /// What a text field holds, one entry a line.
    static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
