package tv.roster.platform.database.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.problems.Refusal;

/// The first entry of a backup: where it comes from, and which tables follow.
///
/// @param release the Roster that wrote it
/// @param schema  the last migration of its schema, such as `010`
/// @param taken   when it was begun
record Manifest(String release, String schema, Instant taken, List<Table> tables) {
    static final String ENTRY = "manifest.json";

    /// The last entry: without it, a backup is not complete.
    static final String END_ENTRY = "end.json";

    private static final int FORMAT = 1;

    byte[] json() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            json.writeStringProperty("roster", release);
            json.writeStringProperty("schema", schema);
            json.writeStringProperty("taken", taken.toString());
            json.writeArrayPropertyStart("tables");
            tables.forEach(table -> write(json, table));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonWriter json, Table table) {
        json.writeStartObject();
        json.writeStringProperty("name", table.name());
        json.writeArrayPropertyStart("columns");
        table.columns().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    static Manifest read(byte[] bytes) {
        var json = tree(bytes, ENTRY);
        if (json.path("format").asInt(0) != FORMAT) {
            throw new UnusableBackup("The backup has a format that this Roster does not know: restore it with the"
                    + " version that wrote it, " + json.path("roster").asString("") + ".");
        }
        try {
            return new Manifest(
                    json.path("roster").asString(),
                    json.path("schema").asString(),
                    Instant.parse(json.path("taken").asString()),
                    elements(json.path("tables"))
                            .map(table -> new Table(
                                    table.path("name").asString(),
                                    elements(table.path("columns"))
                                            .map(JsonNode::asString)
                                            .toList()))
                            .toList());
        } catch (DateTimeException unreadable) {
            throw new UnusableBackup(notOurs(ENTRY), unreadable);
        }
    }

    static byte[] end(List<Counted> tables) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("tables");
            for (var table : tables) {
                json.writeStartObject();
                json.writeStringProperty("name", table.table());
                json.writeNumberProperty("rows", table.rows());
                json.writeStringProperty("sha256", table.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static List<Counted> readEnd(byte[] bytes) {
        return elements(tree(bytes, END_ENTRY).path("tables"))
                .map(table -> new Counted(
                        table.path("name").asString(),
                        table.path("rows").asLong(),
                        table.path("sha256").asString()))
                .toList();
    }

    static String entry(String table) {
        return "tables/" + table + ".copy";
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode tree(byte[] bytes, String entry) {
        try {
            return Json.read(bytes);
        } catch (Refusal unreadable) {
            throw new UnusableBackup(notOurs(entry), unreadable);
        }
    }

    private static String notOurs(String entry) {
        return "The entry " + entry + " of the backup cannot be read: it is damaged, or was changed.";
    }
}
