package tv.roster.platform.database.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a migration may do while servers of the version before run.
///
/// @param name    of its file
/// @param outside whether a `.conf` beside the file lets it run outside of a transaction
record MigrationRules(String name, String script, boolean outside) {
    private static final Pattern NAME = Pattern.compile("V(\\d{3})__(?:contract_needs_(\\d{3})_)?[a-z0-9_]+\\.sql");
    private static final Pattern HEADER = Pattern.compile("-- Contract step of \\d+\\.\\d+\\.\\d+: .*");
    private static final Pattern NEW_TABLE = Pattern.compile("create table (?:if not exists )?(\\w+)");
    private static final Pattern INDEX = Pattern.compile("create index (concurrently )?.*?\\bon (\\w+)");

    /// In this order; the first that matches is reported.
    private static final Map<Pattern, String> DESTRUCTIVE = destructive();

    private static Map<Pattern, String> destructive() {
        var forms = new LinkedHashMap<String, String>();
        forms.put("\\bdrop (?!index|not null|default)", "removes something");
        forms.put("\\brename\\b", "renames something");
        forms.put("\\balter (column )?\\w+ (set data )?type\\b", "changes a type");
        forms.put("\\bset not null\\b", "demands a value");
        forms.put("\\badd column (?!.*\\bdefault\\b).*\\bnot null\\b", "demands a value");
        forms.put("\\balter table .*\\badd (constraint|check|unique|primary key|foreign key)\\b", "adds a constraint");
        forms.put("\\bcreate unique index\\b", "adds a constraint");
        forms.put("\\bcreate (or replace )?(constraint )?(trigger|rule)\\b", "changes what a statement does");
        forms.put("\\btruncate\\b", "removes rows");
        forms.put("\\brevoke (?!all on function \\w+ \\([^)]*\\) from public$)", "removes rights");
        var patterns = new LinkedHashMap<Pattern, String>();
        forms.forEach((form, fault) -> patterns.put(Pattern.compile(form), fault));
        return patterns;
    }

    int version() {
        return Integer.parseInt(matched().group(1));
    }

    /// The migration that a server must have after this contract step.
    Optional<Integer> needed() {
        return Optional.ofNullable(matched().group(2)).map(Integer::valueOf);
    }

    private Matcher matched() {
        var matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new AssertionError("V012__lower_case_words.sql, or V012__contract_needs_011_words.sql: " + name);
        }
        return matcher;
    }

    List<String> faults() {
        var faults = new ArrayList<String>();
        var statements = SqlScript.statements(script).stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
        var created = new HashSet<String>();
        for (var statement : statements) {
            var table = NEW_TABLE.matcher(statement);
            if (table.lookingAt()) {
                created.add(table.group(1));
            }
            index(statement, statements, created, faults);
            if (needed().isEmpty()) {
                destructive(statement, faults);
            }
        }
        contract(faults);
        return faults;
    }

    private static void destructive(String statement, List<String> faults) {
        for (var form : DESTRUCTIVE.entrySet()) {
            if (form.getKey().matcher(statement).find()) {
                faults.add(form.getValue() + ", so it has to be a contract step: " + statement);
                return;
            }
        }
    }

    /// Writes would wait for as long as an index of a large table is built. One that is built meanwhile may be left
    /// unfinished, so the migration must be able to run again.
    private void index(String statement, List<String> statements, Set<String> created, List<String> faults) {
        var index = INDEX.matcher(statement);
        if (!index.lookingAt()) {
            return;
        }
        if (index.group(1) == null) {
            if (!created.contains(index.group(2))) {
                faults.add("keeps writes waiting, so it has to be built concurrently: " + statement);
            }
        } else if (!outside
                || statements.size() != 3
                || !statements.get(0).equals("set lock_timeout = 0")
                || !statements.get(1).startsWith("drop index concurrently if exists ")) {
            faults.add("needs a file of its own that can run again, with a .conf; see CONTRIBUTING.md: " + statement);
        }
    }

    private void contract(List<String> faults) {
        boolean says = HEADER.matcher(script.lines().findFirst().orElse("")).matches();
        if (needed().isPresent() != says) {
            faults.add("a contract step has its mark in the name of its file and in the first line");
        }
        if (needed().isPresent() && needed().get() >= version()) {
            faults.add("a contract step needs an earlier migration");
        }
    }
}
