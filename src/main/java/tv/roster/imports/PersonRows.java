package tv.roster.imports;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.calls.RowFormat;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.json.Json;
import tv.roster.platform.problems.Refusal;
import tv.roster.users.files.UserColumn;
import tv.roster.values.ids.UserId;
import tv.roster.values.people.Person;

/// Finds the rows of a file that name a person, before and after they are carried out.
///
/// The person's id, external id or address names the person wherever it is, since a member may be misspelt. A
/// telephone number does not if the row says in another way whose it is: a household can share it.
record PersonRows(Person person, RowFormat format, CsvResource csv) {
    PersonRows(Person person, Import job) {
        this(person, job.format(), new CsvResource(job.columns(), job.separator()));
    }

    /// Whose a row is by its own words, which decide before the other values in it. Without an id and an external id,
    /// it is about whoever is named.
    record Owner(@Nullable UUID id, @Nullable String externalId) {
        static final Owner NOBODY = new Owner(null, null);

        static Owner of(@Nullable UUID id, @Nullable String externalId) {
            return new Owner(id, id == null ? externalId : null);
        }

        boolean isNobody() {
            return id == null && externalId == null;
        }

        boolean is(Person person) {
            return person.is(id, externalId, null, null);
        }
    }

    /// Whose a row is that names the person; empty if it does not. One that cannot be read is searched as a text.
    Optional<Owner> naming(RawRow raw) {
        if (raw.fault() != null) {
            return Optional.empty();
        }
        try {
            var resource = format == RowFormat.CSV ? csv.resource(csv.cells(raw)) : Json.read(raw.bytes());
            var owner = Owner.of(id(text(resource, UserColumn.ID)), text(resource, UserColumn.EXTERNAL_ID));
            return names(person, owner, resource) ? Optional.of(owner) : Optional.empty();
        } catch (Refusal unreadable) {
            return person.isNamedIn(new String(raw.bytes(), StandardCharsets.UTF_8))
                    ? Optional.of(Owner.NOBODY)
                    : Optional.empty();
        }
    }

    private static @Nullable String text(JsonNode resource, UserColumn column) {
        var value = CsvResource.member(resource, column);
        return value == null || !value.isString() ? null : value.asString();
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UserId.parse(text).map(UserId::value).orElse(null);
    }

    /// Whether a rejected row names the person.
    static boolean include(Person person, RejectedRow rejected) {
        var externalId = rejected.externalId();
        if (rejected.row() == null) {
            return Owner.of(null, externalId).is(person);
        }
        var row = Json.read(rejected.row().getBytes(StandardCharsets.UTF_8));
        var id = row.path("id");
        return names(person, Owner.of(id.isString() ? id(id.asString()) : null, externalId), row);
    }

    private static boolean names(Person person, Owner owner, JsonNode row) {
        return owner.is(person)
                || values(row).anyMatch(text -> person.is(id(text), null, text, null))
                || (owner.isNobody() && isNamed(person, row));
    }

    /// In a row that does not say whose it is, what may be the person's external id or telephone number.
    private static boolean isNamed(Person person, JsonNode row) {
        boolean hasAddress = values(row).anyMatch(text -> text.indexOf('@') > 0);
        return values(row).anyMatch(text -> person.is(null, text, null, hasAddress ? null : text));
    }

    /// The texts and numbers in it.
    private static Stream<String> values(JsonNode node) {
        return node.isContainer() ? node.valueStream().flatMap(PersonRows::values) : Stream.of(node.asString());
    }
}
