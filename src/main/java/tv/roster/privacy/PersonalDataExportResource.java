package tv.roster.privacy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonStream;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.sql.Patience;
import tv.roster.platform.sql.Statements;
import tv.roster.privacy.PersonalDataTable.Item;
import tv.roster.privacy.PersonalDataTable.Opened;
import tv.roster.privacy.PersonsRowsTable.FoundRow;
import tv.roster.privacy.PersonsRowsTable.RowPlace;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Writes the document of an export, section by section, and reads in pages what the first statement has not read.
///
/// @param further where the pages are read
/// @param still   throws a refusal if the caller would not be admitted any more
record PersonalDataExportResource(TenantId tenant, UserId user, Opened opened, Statements further, Runnable still) {
    static final String TYPE = "PersonalDataExport";

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofMillis(500));

    void write(UUID id, long now, OutputStream body) throws IOException {
        var stream = new JsonStream(body);
        stream.write(json -> {
            json.writeStartObject();
            Json.writeVersion(json);
            json.writeObjectPropertyStart("data");
            json.writePlainProperty("type", TYPE);
            json.writeUuidProperty("id", id);
            json.writeObjectPropertyStart("attributes");
            json.writeNumberProperty("time", now);
            raw(json, "user", opened.user());
            raw(json, "profiles", opened.profiles());
            json.writeArrayPropertyStart("events");
        });
        var imports = writeEvents(stream);
        stream.write(json -> {
            json.writeEndArray();
            json.writeArrayPropertyStart("mails");
        });
        writeMails(stream);
        stream.write(json -> {
            json.writeEndArray();
            raw(json, "links", opened.links());
            raw(json, "failed_logins", opened.failedLogins());
            json.writeArrayPropertyStart("imports");
            imports.forEach(each -> writeChanging(json, each));
        });
        writeRejectedRows(stream);
        stream.write(json -> {
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
        stream.finish();
    }

    private static void raw(JsonWriter json, String name, @Nullable String value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeRawValue(value);
        }
    }

    /// Returns the imports that made some of the changes.
    private Set<UUID> writeEvents(JsonStream stream) throws IOException {
        var imports = new LinkedHashSet<UUID>();
        var last = opened.lastEvent();
        for (var page = opened.events(); last != null && !page.isEmpty(); ) {
            writeItems(stream, page);
            page.stream().map(Item::importId).filter(id -> id != null).forEach(imports::add);
            var reached = page.getLast().id();
            page = reached.equals(last)
                    ? List.of()
                    : next(() -> PersonalDataTable.events(further, tenant, user, opened, reached));
        }
        return imports;
    }

    private void writeMails(JsonStream stream) throws IOException {
        for (var page = opened.mails(); !page.isEmpty(); ) {
            writeItems(stream, page);
            var reached = page.getLast().id();
            page = page.size() < PersonalDataTable.PAGE
                    ? List.of()
                    : next(() -> PersonalDataTable.mails(further, tenant, user, reached));
        }
    }

    private static void writeItems(JsonStream stream, List<Item> page) throws IOException {
        for (var item : page) {
            stream.write(json -> json.writeRawValue(item.json()));
        }
    }

    private void writeRejectedRows(JsonStream stream) throws IOException {
        var reached = RowPlace.START;
        List<RowPlace> stretch;
        do {
            var after = reached;
            stretch = next(
                    () -> PersonsRowsTable.stretch(further, tenant, user, opened.externalId(), opened.email(), after));
            for (var place : stretch) {
                if (place.isAbout()) {
                    var row = next(() -> PersonsRowsTable.rejectedRow(further, tenant, place));
                    if (row.isPresent()) {
                        stream.write(json -> writeRejected(json, row.get()));
                    }
                }
                reached = place;
            }
        } while (stretch.size() == PersonsRowsTable.STRETCH);
    }

    /// Reads a page; if the database is away, waits some seconds for its return.
    private <T> T next(Supplier<T> page) {
        still.run();
        return PATIENCE.retry(page);
    }

    private static void writeChanging(JsonWriter json, UUID importId) {
        start(json, importId, "CHANGED");
        json.writeEndObject();
    }

    private static void writeRejected(JsonWriter json, FoundRow row) {
        start(json, row.importId(), "REJECTED");
        json.writeNumberProperty("line", row.line());
        json.writeStringProperty("external_id", row.externalId());
        raw(json, "errors", row.errors());
        raw(json, "row", row.row());
        json.writeEndObject();
    }

    private static void start(JsonWriter json, UUID importId, String outcome) {
        json.writeStartObject();
        json.writeUuidProperty("import_id", importId);
        json.writeNumberProperty("time", Ids.epochSecond(importId));
        json.writePlainProperty("outcome", outcome);
    }
}
