package tv.roster.imports;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.calls.RowFormat;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.json.Json;
import tv.roster.platform.problems.Refusal;
import tv.roster.users.files.UserColumn;
import tv.roster.values.ids.UserId;
import tv.roster.values.people.Person;

/// Tells which rows of a file are about a person, before and after they are carried out.
record PersonRows(Person person, RowFormat format, CsvResource csv) {
    PersonRows(Person person, Import job) {
        this(person, job.format(), new CsvResource(job.columns(), job.separator()));
    }

    /// Whether a row names the person. One that cannot be read is searched as a text.
    boolean include(RawRow raw) {
        if (raw.fault() != null) {
            return false;
        }
        try {
            var resource = format == RowFormat.CSV ? csv.resource(csv.cells(raw)) : Json.read(raw.bytes());
            return person.is(
                    id(text(resource, UserColumn.ID)),
                    text(resource, UserColumn.EXTERNAL_ID),
                    text(resource, UserColumn.EMAIL),
                    text(resource, UserColumn.TELEPHONE_NUMBER));
        } catch (Refusal unreadable) {
            return person.isNamedIn(new String(raw.bytes(), StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String text(JsonNode resource, UserColumn column) {
        var value = CsvResource.member(resource, column);
        return value == null || !value.isString() ? null : value.asString();
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UserId.parse(text).map(UserId::value).orElse(null);
    }

    /// Whether a rejected row names the person, wherever: it may have been rejected because a member is misspelt.
    static boolean include(Person person, RejectedRow rejected) {
        return person.is(null, rejected.externalId(), null, null)
                || (rejected.row() != null
                        && includes(person, Json.read(rejected.row().getBytes(StandardCharsets.UTF_8))));
    }

    private static boolean includes(Person person, JsonNode node) {
        if (node.isString()) {
            var text = node.asString();
            return person.is(id(text), null, text, text);
        }
        return node.valueStream().anyMatch(part -> includes(person, part));
    }
}
