package tv.roster.users.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.schema.Migrations;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.testing.TestPostgres;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.FullName;

/// The function `user_email_folded` of the database has the form of names, in which a search looks.
class FoldedEmailsTest {
    private static boolean isAddress(String text) {
        try {
            var _ = new EmailAddress(text);
            return true;
        } catch (InvalidValue e) {
            return false;
        }
    }

    @Test
    void everyLetterThatAnAddressCanHaveIsFoldedAsInNames() throws SQLException {
        var keys = IntStream.rangeClosed('!', Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .mapToObj(character -> "a" + Character.toString(character) + "b@example.com")
                .filter(FoldedEmailsTest::isAddress)
                .map(address -> new EmailAddress(address).key())
                .toArray(String[]::new);
        assertThat(keys).hasSizeGreaterThan(100_000);
        var address = TestPostgres.newDatabase();
        Migrations.of(DatabaseRoles.one(address), Duration.ZERO).run();
        var others = new ArrayList<String>();
        try (var connection = TestPostgres.connect(address);
                var query = connection.prepareStatement(
                        "select k, user_email_folded(k) from unnest(?::text[]) with ordinality as t (k, n) order by n")) {
            query.setArray(1, connection.createArrayOf("text", keys));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var key = rows.getString(1);
                    if (!FullName.fold(key).equals(rows.getString(2))) {
                        others.add("U+%04X".formatted(key.codePointAt(1)));
                    }
                }
            }
        }
        assertThat(others).isEmpty();
    }
}
