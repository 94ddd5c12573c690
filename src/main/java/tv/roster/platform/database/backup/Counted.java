package tv.roster.platform.database.backup;

import java.util.List;

/// What a backup holds of a table.
///
/// @param sha256 of the rows as PostgreSQL writes them, in hexadecimal
public record Counted(String table, long rows, String sha256) {
    /// The rows of all tables together.
    public static long rows(List<Counted> tables) {
        return tables.stream().mapToLong(Counted::rows).sum();
    }
}
