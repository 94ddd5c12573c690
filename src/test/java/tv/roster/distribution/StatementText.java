package tv.roster.distribution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What the text of a statement shows, where its plan does not: forms that a PostgreSQL distributed by tenant rejects,
/// or that mean something else there.
///
/// @param text        one statement with positional parameters
/// @param distributed the tables that are distributed by tenant
record StatementText(String text, Set<String> distributed) {
    private static final Pattern INSERT =
            Pattern.compile("insert into (\\w+)(?: as \\w+)?\\s*\\(([^)]*)\\)\\s*(values\\s*\\(|select\\s)");
    private static final Pattern CHANGED = Pattern.compile("(?:insert into|update|delete from)\\s+(\\w+)");
    private static final Pattern READ = Pattern.compile("(?:from|join)\\s+(\\w+)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(");

    /// @param isVolatile whether a function is volatile
    List<String> faults(Predicate<String> isVolatile) {
        var faults = new ArrayList<String>();
        everyInsertNamesTheTenant(faults);
        noSubqueryInsideTheValuesOfAnInsert(faults);
        nothingVolatileInReturning(faults, isVolatile);
        noLastSelectOfWhatWasChanged(faults);
        return faults;
    }

    /// Forms that no statement over many tenants may have.
    List<String> faultsAcrossTenants() {
        var faults = new ArrayList<String>();
        for (var form : List.of("for update", "for no key update", "recursive", "lateral")) {
            if (text.contains(form)) {
                faults.add("'" + form + "' over many tenants");
            }
        }
        return faults;
    }

    private void everyInsertNamesTheTenant(List<String> faults) {
        var insert = INSERT.matcher(text);
        while (insert.find()) {
            if (distributed.contains(insert.group(1))) {
                int place =
                        List.of(insert.group(2).strip().split("\\s*,\\s*", -1)).indexOf("tenant_id");
                var values = split(enclosed(insert.end()));
                if (place < 0 || !values.get(place).strip().matches("\\$\\d+(::uuid)?")) {
                    faults.add("the tenant in the insert into " + insert.group(1) + " is not a parameter");
                }
            }
        }
    }

    private void noSubqueryInsideTheValuesOfAnInsert(List<String> faults) {
        for (var begin : List.of("values\\s*\\(", "do update\\s")) {
            var found = Pattern.compile(begin).matcher(text);
            while (found.find()) {
                var part = enclosed(found.end()).split("\\breturning\\b", 2)[0];
                if (part.matches("(?s).*\\bselect\\b.*")) {
                    faults.add("a subquery inside the values of an insert");
                }
            }
        }
    }

    private void nothingVolatileInReturning(List<String> faults, Predicate<String> isVolatile) {
        var returning = Pattern.compile("\\breturning\\b").matcher(text);
        while (returning.find()) {
            var call = CALL.matcher(enclosed(returning.end()));
            while (call.find()) {
                if (isVolatile.test(call.group(1))) {
                    faults.add("the volatile function " + call.group(1) + " in returning");
                }
            }
        }
    }

    /// The parts of a `with` run one after another there, so its last part sees what the others have changed. It may
    /// read that only where nothing has been changed.
    private void noLastSelectOfWhatWasChanged(List<String> faults) {
        if (!text.strip().startsWith("with")) {
            return;
        }
        int last = lastPart();
        var changed = names(CHANGED, text.substring(0, last));
        for (var branch : text.substring(last).split("\\bunion all\\b(?![^(]*\\))", -1)) {
            var read = names(READ, branch);
            read.retainAll(changed);
            if (!read.isEmpty() && !branch.matches("(?s).*not exists \\(select from \\w+\\).*")) {
                faults.add("the last select reads " + read + ", which the statement has changed");
            }
        }
    }

    private static Set<String> names(Pattern pattern, String part) {
        var names = new HashSet<String>();
        var found = pattern.matcher(part);
        while (found.find()) {
            names.add(found.group(1));
        }
        return names;
    }

    /// Where the parts of the `with` end.
    private int lastPart() {
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            depth += depthOf(text.charAt(at));
            boolean closes = text.charAt(at) == ')' && depth == 0;
            if (closes && text.substring(at + 1).stripLeading().matches("(?s)(select|insert|update|delete)\\s.*")) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("No last part in " + text);
    }

    /// The text from here to the parenthesis that closes around it.
    private String enclosed(int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            depth += depthOf(text.charAt(at));
            if (depth < 0) {
                return text.substring(from, at);
            }
        }
        return text.substring(from);
    }

    private static List<String> split(String list) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int begin = 0;
        for (int at = 0; at < list.length(); at++) {
            depth += depthOf(list.charAt(at));
            if (depth == 0 && (list.charAt(at) == ',' || endsBefore(list.substring(at)))) {
                parts.add(list.substring(begin, at));
                begin = at + 1;
            }
        }
        parts.add(list.substring(begin).split("\\s+(from|where)\\s", 2)[0]);
        return parts;
    }

    private static boolean endsBefore(String rest) {
        return rest.matches("(?s)\\n\\s*(from|where)\\s.*");
    }

    private static int depthOf(char character) {
        return character == '(' ? 1 : character == ')' ? -1 : 0;
    }
}
