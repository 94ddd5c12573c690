package tv.roster.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import tv.roster.users.LoadedName;

/// Checks that loaded rows equal those that the code would have written.
public final class LoadedUsers {
    private static final String SAMPLE = """
            select name, name_key, name_folded, email, email_key, telephone, telephone_digits from roster_user
             where tenant_id = ? order by md5(external_id) limit 200""";

    private LoadedUsers() {}

    /// Compares up to 200 rows and returns their number.
    ///
    /// @throws IllegalStateException if a derived column differs
    public static int check(Connection connection, UUID tenant) throws SQLException {
        try (var statement = connection.prepareStatement(SAMPLE)) {
            statement.setObject(1, tenant);
            int count = 0;
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    count++;
                    if (!LoadedName.isDerived(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7))) {
                        throw new IllegalStateException("Derived columns differ from what the code derives: "
                                + row.getString(1) + ", " + row.getString(4) + ", " + row.getString(6));
                    }
                }
            }
            return count;
        }
    }
}
