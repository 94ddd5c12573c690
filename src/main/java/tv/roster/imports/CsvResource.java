package tv.roster.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tv.roster.imports.file.RawRow;
import tv.roster.platform.csv.CsvCells;
import tv.roster.platform.csv.CsvCells.Cell;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.users.files.UserColumn;

/// Makes the User resource that the cells of a CSV row stand for.
record CsvResource(List<UserColumn> columns, char separator) {
    private static final String NULL = "\\N";
    private static final String MASK = "***";

    /// Where the value of a column is in the resource.
    private static String pointer(UserColumn column) {
        return switch (column) {
            case ID -> "/id";
            case EXTERNAL_ID -> "/attributes/external_id";
            case NAME -> "/attributes/name";
            case EMAIL -> "/attributes/contact_details/email";
            case TELEPHONE_NUMBER -> "/attributes/contact_details/telephone_number_E123";
            case USER_FLAGS -> "/attributes/user_flags";
            case REGISTRATION_STATE -> "/attributes/registration_information/registration_state";
            case USER_PASSWORD -> "/meta/security/user_password";
            case PASSWORD_HASH -> "/meta/security/password_hash";
        };
    }

    /// The cells of a row, as many as there are columns.
    ///
    /// @throws Refusal if there are more or fewer, or they are not in UTF-8
    List<Cell> cells(RawRow raw) {
        String row;
        try {
            row = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(ErrorCode.MALFORMED_DOCUMENT, "The row is not in UTF-8.");
        }
        var cells = CsvCells.split(row, separator);
        if (cells.size() != columns.size()) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT,
                    "The row has " + cells.size() + " cells, the header line " + columns.size() + ".");
        }
        return cells;
    }

    /// The resource; empty cells are members that were not sent.
    ObjectNode resource(List<Cell> cells) {
        var resource = JsonNodeFactory.instance.objectNode();
        for (int at = 0; at < cells.size(); at++) {
            var cell = cells.get(at);
            boolean noFlags =
                    columns.get(at) == UserColumn.USER_FLAGS && cell.text().isBlank();
            if (!cell.text().isEmpty() && !noFlags) {
                set(resource, columns.get(at), isNull(cell) ? null : cell.text());
            }
        }
        return resource;
    }

    private static boolean isNull(Cell cell) {
        return !cell.quoted() && cell.text().equals(NULL);
    }

    private static void set(ObjectNode resource, UserColumn column, @Nullable String text) {
        var names = pointer(column).substring(1).split("/", -1);
        var object = resource;
        for (int at = 0; at < names.length - 1; at++) {
            object = object.get(names[at]) instanceof ObjectNode there ? there : object.putObject(names[at]);
        }
        var name = names[names.length - 1];
        if (text == null || column != UserColumn.USER_FLAGS) {
            object.put(name, text);
            return;
        }
        var flags = object.putArray(name);
        Stream.of(text.split(" ", -1)).filter(flag -> !flag.isEmpty()).forEach(flags::add);
    }

    /// The cells by column, without secrets; null for `\N`.
    ObjectNode shown(List<Cell> cells) {
        var shown = JsonNodeFactory.instance.objectNode();
        for (int at = 0; at < cells.size(); at++) {
            var column = columns.get(at);
            var cell = cells.get(at);
            boolean secret = column == UserColumn.USER_PASSWORD || column == UserColumn.PASSWORD_HASH;
            if (isNull(cell)) {
                shown.putNull(column.word());
            } else {
                shown.put(column.word(), secret && !cell.text().isEmpty() ? MASK : cell.text());
            }
        }
        return shown;
    }

    /// The member of a resource that has the value of a column; null if it was not sent.
    static @Nullable JsonNode member(JsonNode resource, UserColumn column) {
        var node = resource.at(pointer(column));
        return node.isMissingNode() ? null : node;
    }

    /// The column that a JSON pointer of the resource blames; null if it blames no single one. Flags are blamed
    /// one by one: `/attributes/user_flags/2`.
    static @Nullable String column(String pointer) {
        return Stream.of(UserColumn.values())
                .filter(column -> pointer.equals(pointer(column)) || pointer.startsWith(pointer(column) + "/"))
                .map(UserColumn::word)
                .findFirst()
                .orElse(null);
    }
}
