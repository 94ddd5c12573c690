package tv.roster.imports;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tv.roster.access.KnownTenant;
import tv.roster.calls.RowFormat;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.json.Json;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.users.bulk.UserRow;
import tv.roster.users.v4.UserReader;
import tv.roster.values.ids.UserId;

/// Reads the rows of a file with the reader of POST and PATCH.
final class RowReader {
    private static final String MASK = "***";
    private static final int LONGEST_EXTERNAL_ID = 128;

    /// Characters of the details of a row's problems: the first ones are listed, as far as they fit.
    private static final int LONGEST_DETAILS = 4096;

    /// Parts of names of members that sound like a secret.
    private static final List<String> SECRETS =
            List.of("pas", "pw", "secret", "security", "hash", "token", "credential");

    private final KnownTenant tenant;
    private final RowFormat format;
    private final CsvResource csv;

    RowReader(KnownTenant tenant, Import job) {
        this.tenant = tenant;
        this.format = job.format();
        this.csv = new CsvResource(job.columns(), job.separator());
    }

    /// What a row wants.
    ///
    /// @param number its place among the rows that are carried out together
    /// @throws Refusal with everything that is wrong with it
    UserRow read(RawRow raw, int number) {
        refuseFault(raw);
        var node = format == RowFormat.CSV ? csv.resource(csv.cells(raw)) : json(raw);
        var row = new UserReader(ResourceDocument.alone(node, UserReader.TYPE), tenant).row();
        return new UserRow(number, id(row.id()), row.change(), row.passwordHash());
    }

    /// An id that is no UUID is that of no user.
    private static @Nullable UserId id(@Nullable String text) {
        return text == null ? null : UserId.parse(text).orElse(new UserId(new UUID(0, 0)));
    }

    private static void refuseFault(RawRow raw) {
        switch (raw.fault()) {
            case null -> {}
            case TOO_LONG ->
                throw new Refusal(
                        ErrorCode.TOO_LONG, "A row has at most " + RawRow.LONGEST + " bytes without its line end.");
            case UNCLOSED_QUOTE ->
                throw new Refusal(
                        ErrorCode.MALFORMED_DOCUMENT,
                        "A quoted cell does not end within " + RawRow.LONGEST + " bytes, or in the file.");
            case MISPLACED_QUOTE ->
                throw new Refusal(
                        ErrorCode.MALFORMED_DOCUMENT,
                        "There is text behind the quote that ends a cell; a quote in a cell is written twice.");
            case ERASED -> throw new Refusal(ErrorCode.NOT_FOUND, "This row was erased.");
        }
    }

    private static JsonNode json(RawRow raw) {
        try {
            return Json.read(raw.bytes());
        } catch (Refusal refusal) {
            throw new Refusal(refusal.problems().stream()
                    .map(problem -> new Problem(
                            problem.code(), problem.detail().replace("The body", "The row"), problem.source()))
                    .toList());
        }
    }

    /// A row with what is wrong with it.
    RejectedRow rejected(RawRow raw, List<Problem> problems) {
        var shown = shown(raw);
        return new RejectedRow(
                raw.line(),
                shown == null ? null : externalId(shown),
                errors(problems),
                shown == null ? null : shown.toString());
    }

    /// The row as an object without secrets; null if it cannot be read as one.
    private @Nullable ObjectNode shown(RawRow raw) {
        if (raw.fault() != null) {
            return null;
        }
        try {
            if (format == RowFormat.CSV) {
                return csv.shown(csv.cells(raw));
            }
            if (json(raw) instanceof ObjectNode object) {
                mask(object, false);
                return object;
            }
            return null;
        } catch (Refusal unreadable) {
            return null;
        }
    }

    /// Also hides what only sounds like a secret: the name of a member may be misspelt. `secret` says whether
    /// everything
    /// here is one, whatever it is called.
    private static void mask(JsonNode node, boolean secret) {
        if (node instanceof ObjectNode object) {
            for (var name : List.copyOf(object.propertyNames())) {
                var value = object.get(name);
                boolean hides = secret || isSecret(name);
                if (value.isContainer()) {
                    mask(value, hides);
                } else if (hides && !value.isNull() && !value.isBoolean()) {
                    object.put(name, MASK);
                }
            }
        } else if (node instanceof ArrayNode array && secret) {
            array.removeAll().add(MASK);
        } else if (node.isArray()) {
            node.forEach(element -> mask(element, false));
        }
    }

    private static boolean isSecret(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return SECRETS.stream().anyMatch(lower::contains);
    }

    private @Nullable String externalId(ObjectNode shown) {
        var node = format == RowFormat.CSV
                ? shown.get("external_id")
                : shown.path("attributes").get("external_id");
        if (node == null || !node.isString() || node.asString().isEmpty()) {
            return null;
        }
        var text = node.asString().replace("\0", "");
        return text.substring(0, Math.min(text.length(), LONGEST_EXTERNAL_ID));
    }

    private String errors(List<Problem> problems) {
        var errors = JsonNodeFactory.instance.arrayNode();
        int length = 0;
        for (var problem : problems) {
            length += problem.detail().length();
            if (length > LONGEST_DETAILS && !errors.isEmpty()) {
                break;
            }
            var placed = problem.in(UserReader.places(""));
            var error = errors.addObject();
            error.put("code", placed.code().code());
            error.put("detail", placed.detail());
            var source = error.putObject("source");
            if (placed.source().kind() == Source.Kind.POINTER) {
                var pointer = placed.source().place();
                var column = format == RowFormat.CSV ? CsvResource.column(pointer) : null;
                if (column != null) {
                    source.put("column", column);
                } else if (format == RowFormat.NDJSON) {
                    source.put("pointer", pointer);
                }
            }
        }
        return errors.toString();
    }
}
