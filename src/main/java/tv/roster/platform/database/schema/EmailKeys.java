package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.values.domains.MailboxKey;

/// V008: computes the keys of addresses with international domains again, so that both forms of such a domain have
/// the same key. In Java, since PostgreSQL does not support such domains.
final class EmailKeys implements JavaMigration {
    private static final Logger LOG = LoggerFactory.getLogger(EmailKeys.class);
    private static final int ROWS_AT_ONCE = 1000;

    private static final String INTERNATIONAL = """
            select tenant_id, id, email, email_key
              from roster_user
             where octet_length(email_key) > char_length(email_key) or position('xn--' in email_key) > 0
             order by tenant_id, id""";

    /// If another user of the tenant has the address in its other form, both keep their keys.
    private static final String REPLACE = """
            update roster_user u set email_key = ?
             where u.tenant_id = ? and u.id = ?
               and not exists (select from roster_user o where o.tenant_id = u.tenant_id and o.email_key = ?)""";

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("008");
    }

    @Override
    public String getDescription() {
        return "email keys";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        var connection = context.getConnection();
        try (var users = connection.prepareStatement(INTERNATIONAL)) {
            users.setFetchSize(ROWS_AT_ONCE);
            var found = users.executeQuery();
            while (found.next()) {
                var key = MailboxKey.of(found.getString("email"));
                if (!key.equals(found.getString("email_key"))) {
                    replace(
                            connection,
                            found.getObject("tenant_id", UUID.class),
                            found.getObject("id", UUID.class),
                            key);
                }
            }
        }
    }

    private static void replace(Connection connection, UUID tenant, UUID user, String key) throws SQLException {
        try (var statement = connection.prepareStatement(REPLACE)) {
            statement.setString(1, key);
            statement.setObject(2, tenant);
            statement.setObject(3, user);
            statement.setString(4, key);
            if (statement.executeUpdate() == 0) {
                LOG.warn(
                        "User {} of tenant {} has the address of another user, with its domain in the other form: give it"
                                + " another one.",
                        user,
                        tenant);
            }
        }
    }
}
