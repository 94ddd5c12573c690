package tv.roster.platform.database.schema;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// V030: an index that finds parts of e-mail addresses and telephone numbers, where PostgreSQL has `pg_trgm`. In Java,
/// since an index is built concurrently only outside of a transaction, where SQL cannot ask for the extension first.
final class SearchIndex implements JavaMigration {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    /// The accents and format characters that `FullName.fold` removes, as ranges of a regular expression.
    private static final String REMOVED = "\\u00AD\\u0300-\\u036F\\u0483-\\u0487\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2"
            + "\\u05C4\\u05C5\\u05C7\\u0600-\\u0605\\u0610-\\u061A\\u061C\\u064B-\\u065F\\u0670\\u06D6-\\u06DD"
            + "\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED\\u070F\\u0890\\u0891\\u0897-\\u089F\\u08CA-\\u08FF"
            + "\\u0951-\\u0954\\u180E\\u1AB0-\\u1ABD\\u1ABF-\\u1ACE\\u1CD0-\\u1CD2\\u1CD4-\\u1CE0\\u1CE2-\\u1CE8"
            + "\\u1CED\\u1CF4\\u1CF8\\u1CF9\\u1DC0-\\u1DFF\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064"
            + "\\u2066-\\u206F\\u20D0-\\u20DC\\u20E1\\u20E5-\\u20F0\\u2DE0-\\u2DFF\\u302A-\\u302D\\uA66F"
            + "\\uA674-\\uA67D\\uA69E\\uA69F\\uFB1E\\uFE00-\\uFE0F\\uFE20-\\uFE2F\\uFEFF\\uFFF9-\\uFFFB"
            + "\\U000101FD\\U000102E0\\U00010EFC-\\U00010EFF\\U000110BD\\U000110CD\\U0001133B"
            + "\\U00013430-\\U0001343F\\U0001BCA0-\\U0001BCA3\\U0001CF00-\\U0001CF2D\\U0001CF30-\\U0001CF46"
            + "\\U0001D167-\\U0001D169\\U0001D173-\\U0001D182\\U0001D185-\\U0001D18B\\U0001D1AA-\\U0001D1AD"
            + "\\U0001E08F\\U000E0001\\U000E0020-\\U000E007F\\U000E0100-\\U000E01EF";

    /// The key of an e-mail address in the form of `FullName.fold`. Nearly all addresses are ASCII, have no quotation
    /// marks, and take the short way.
    private static final String FOLDED = """
            create or replace function user_email_folded(email_key text) returns text
            immutable parallel safe language sql
            return case
                when octet_length(email_key) = char_length(email_key) and left(email_key, 1) <> '"'
                    then translate(email_key, '`', '''')
                else normalize(replace(replace(replace(replace(translate(regexp_replace(regexp_replace(
                        lower(normalize(translate(email_key, '´', ''''), nfkd) collate "C"),
                        '[%s]', '', 'g'), ' +', ' ', 'g'),
                        'øđðɖłħŧŋı‘’ʼ`‐‑‒–—ĦÆƎƐȢϜΑΒΓΔΕΖΗΘϴΙΚΛΜΝΞΟΠΡΣςΤΥΦΧΨΩ',
                        'odddlhtni''''''''-----hæǝɛȣϝαβγδεζηθθικλμνξοπρσστυφχψω'),
                        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), nfc)
            end""".formatted(REMOVED);

    /// Of an attempt that was interrupted.
    private static final String DROP = "drop index concurrently if exists user_search";

    private static final String CREATE = """
            create index concurrently user_search on roster_user
             using gin (user_email_folded(email_key) gin_trgm_ops, telephone_digits gin_trgm_ops)""";

    private static final String HAS_TRIGRAMS =
            "select exists (select from pg_opclass where opcname = 'gin_trgm_ops' and pg_opclass_is_visible(oid))";

    private static final String HAS_USERS = "select exists (select from roster_user)";

    /// By default, PostgreSQL cannot distinguish a text that one user in a hundred has from one that nobody has.
    private static final String[] STATISTICS = {
        "alter table roster_user alter column name_folded set statistics 400",
        "alter table roster_user alter column telephone_digits set statistics 400",
        "alter index user_search alter column 1 set statistics 400"
    };

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("030");
    }

    @Override
    public String getDescription() {
        return "search index";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        var connection = context.getConnection();
        execute(connection, "set lock_timeout = 0");
        execute(connection, FOLDED);
        execute(connection, DROP);
        if (holds(connection, HAS_TRIGRAMS)) {
            execute(connection, CREATE);
            for (var statistics : STATISTICS) {
                execute(connection, statistics);
            }
            // An empty table that has been analyzed is planned for as if it remained empty.
            if (holds(connection, HAS_USERS)) {
                execute(connection, "analyze roster_user");
            }
        } else {
            LOG.info("Users are searched without an index, since the database does not have the extension pg_trgm");
        }
    }

    private static boolean holds(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
