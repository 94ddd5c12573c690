package tv.roster.platform.database.backup;

import java.util.List;
import java.util.Locale;

/// What a backup holds of a table.
///
/// @param sha256 of the rows as PostgreSQL writes them, in hexadecimal
public record Counted(String table, long rows, String sha256) {
    /// Such as `1,000 rows of 12 tables`, on machines of every language.
    public static String summary(List<Counted> tables) {
        long rows = tables.stream().mapToLong(Counted::rows).sum();
        return grouped(rows) + " rows of " + tables.size() + " tables";
    }

    /// Such as `1,000`.
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
