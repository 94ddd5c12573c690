package tv.roster.imports.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tv.roster.platform.csv.CsvCells;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.users.files.UserColumn;

/// The header line of a CSV file: which columns it has, and what separates them.
record CsvHeader(char separator, List<UserColumn> columns) {
    /// That of a file that has none.
    static final CsvHeader NONE = new CsvHeader(',', List.of());

    private static final int LONGEST_NAME = 32;

    private static final String COLUMNS =
            Stream.of(UserColumn.values()).map(UserColumn::word).collect(Collectors.joining(", "));

    /// @throws Refusal with every column that is unknown or repeated
    static CsvHeader parse(RawRow row) {
        if (row.fault() != null) {
            throw new Refusal(
                    ErrorCode.UNKNOWN_MEMBER,
                    "The header line is longer than " + RawRow.LONGEST + " bytes; the columns are " + COLUMNS + ".");
        }
        var text = new String(row.bytes(), StandardCharsets.UTF_8);
        if (text.indexOf('\r') >= 0) {
            throw new Refusal(
                    ErrorCode.MALFORMED_DOCUMENT,
                    "The header line contains a carriage return; lines end with a line feed, alone or behind a"
                            + " carriage return.");
        }
        char separator = text.indexOf(';') >= 0 && text.indexOf(',') < 0 ? ';' : ',';
        return new CsvHeader(separator, columns(CsvCells.split(text, separator)));
    }

    private static List<UserColumn> columns(List<CsvCells.Cell> cells) {
        var problems = new Problems();
        var columns = new LinkedHashSet<UserColumn>();
        for (var cell : cells) {
            if (problems.areEnough()) {
                break;
            }
            var column = UserColumn.named(cell.text());
            if (column.isEmpty()) {
                problems.add(unknown(
                        "There is no column \"" + shortened(cell.text()) + "\"; the columns are " + COLUMNS + "."));
            } else if (!columns.add(column.get())) {
                problems.add(unknown("The column \"" + shortened(cell.text()) + "\" is repeated."));
            }
        }
        problems.throwIfAny();
        return new ArrayList<>(columns);
    }

    /// A file without a header line begins with the values of a user.
    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    private static Problem unknown(String detail) {
        return new Problem(ErrorCode.UNKNOWN_MEMBER, detail, Source.NONE);
    }
}
