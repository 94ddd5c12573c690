package tv.roster.platform.csv;

import java.util.ArrayList;
import java.util.List;

/// Reads the cells of one row of CSV (RFC 4180).
public final class CsvCells {
    private CsvCells() {}

    /// A cell without its quotes. A reader can tell an empty cell or `\N` from the same text in quotes.
    public record Cell(String text, boolean quoted) {}

    /// The cells of a row without its line end. Quotes count where a cell begins with one; elsewhere they are
    /// text.
    public static List<Cell> split(String row, char separator) {
        var cells = new ArrayList<Cell>();
        int at = 0;
        while (true) {
            boolean quoted = at < row.length() && row.charAt(at) == '"';
            int end = quoted ? closing(row, at + 1) : end(row, at, separator);
            cells.add(quoted ? quoted(row, at + 1, end) : new Cell(row.substring(at, end), false));
            at = quoted ? end(row, end, separator) : end;
            if (at == row.length()) {
                return cells;
            }
            at++;
        }
    }

    private static int end(String row, int from, char separator) {
        int end = row.indexOf(separator, from);
        return end < 0 ? row.length() : end;
    }

    /// The place of the quote that ends a cell; the end of the row if there is none.
    private static int closing(String row, int from) {
        int quote = row.indexOf('"', from);
        while (quote >= 0 && quote + 1 < row.length() && row.charAt(quote + 1) == '"') {
            quote = row.indexOf('"', quote + 2);
        }
        return quote < 0 ? row.length() : quote;
    }

    private static Cell quoted(String row, int from, int to) {
        var text = row.substring(from, to);
        return new Cell(text.indexOf('"') < 0 ? text : text.replace("\"\"", "\""), true);
    }
}
