package tv.roster.platform.database.schema;

import java.util.List;
import java.util.regex.Pattern;

/// What waits while a statement of a migration runs: the locks that it takes, by the chapter "Explicit Locking" of
/// PostgreSQL's manual.
final class StatementLock {
    private static final String TABLE = "(?:if (?:not )?exists )?(?:only )?(?<table>[\\w.\"]+)";
    private static final String EVERYTHING = "all calls that use %s wait (ACCESS EXCLUSIVE)";
    private static final String WRITES = "changes of %s wait (SHARE)";
    private static final String REFERENCE = "changes of %s and of the table it refers to wait (SHARE ROW EXCLUSIVE)";
    private static final String NOTHING = "no call waits for %s (SHARE UPDATE EXCLUSIVE)";
    private static final String ROWS = "changes of the same rows of %s wait (ROW EXCLUSIVE)";
    private static final String OWN = "no call waits: %s is new";

    /// The first that matches counts.
    private static final List<Rule> RULES = List.of(
            new Rule("create (?:unique )?index concurrently .*?\\bon " + TABLE + ".*", NOTHING),
            new Rule("create (?:unique )?index .*?\\bon " + TABLE + ".*", WRITES),
            new Rule("create table " + TABLE + ".*\\breferences\\b.*", REFERENCE),
            new Rule("create table " + TABLE + ".*", OWN),
            new Rule("alter table " + TABLE + " validate constraint .*", NOTHING),
            new Rule("alter table " + TABLE + " add (?:constraint \\S+ )?foreign key .*", REFERENCE),
            new Rule("alter table " + TABLE + " .*", EVERYTHING),
            new Rule("drop table " + TABLE + ".*", EVERYTHING),
            new Rule("drop index concurrently " + TABLE + ".*", "no call waits for %s (SHARE UPDATE EXCLUSIVE)"),
            new Rule("drop index " + TABLE + ".*", "all calls that use the table of %s wait (ACCESS EXCLUSIVE)"),
            new Rule("(?:update|insert into|delete from) " + TABLE + ".*", ROWS),
            new Rule("comment on column (?<table>\\w+)\\..*", NOTHING));

    private record Rule(Pattern pattern, String words) {
        Rule(String pattern, String words) {
            this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), words);
        }
    }

    private StatementLock() {}

    /// One line about a statement without comments and line breaks.
    static String of(String statement) {
        for (var rule : RULES) {
            var found = rule.pattern().matcher(statement);
            if (found.matches()) {
                return rule.words().formatted(found.group("table"));
            }
        }
        return "not known; read the statement";
    }
}
