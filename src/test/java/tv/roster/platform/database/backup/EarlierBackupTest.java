package tv.roster.platform.database.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.EarlierSchema;
import tv.roster.testing.TestPostgres;

/// Backups that were written before the schema changed.
class EarlierBackupTest {
    @Test
    void aBackupOfAnEarlierSchemaIsBroughtUpToDate() throws SQLException {
        var earlier = TestPostgres.newDatabase();
        EarlierSchema.create(earlier, TestPostgres.connect(earlier), "009");
        var file = new ByteArrayOutputStream();
        try (var connection = TestPostgres.connect(earlier);
                var statement = connection.createStatement()) {
            // The next migration moves the secret into a table of its own.
            statement.execute("insert into installation (secret) values ('\\xab')");
            statement.execute("insert into tenant (id, slug, name, updated_time) values"
                    + " ('0198a2b4-1c6f-7a54-8d0e-93c1f2f5a6de', 'old-tv', 'Old TV', 0)");
            new Backup(connection, "0.9.0", "009").write(file);
        }
        var restored = TestPostgres.newDatabase();
        Restore.into(
                DatabaseRoles.embedded(restored),
                Duration.ofSeconds(10),
                new BackupFile(new ByteArrayInputStream(file.toByteArray())));
        assertThat(TestPostgres.value(restored, "select secret from installation_secret"))
                .isEqualTo("\\xab");
        assertThat(TestPostgres.value(restored, "select name from tenant")).isEqualTo("Old TV");
    }
}
