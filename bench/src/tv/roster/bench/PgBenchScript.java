package tv.roster.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A recorded statement as a pgbench script: `$1` becomes a variable that is bound as the server binds it.
///
/// Values that differ from call to call contain one of the markers below, and become a concatenation with a number
/// that pgbench draws (`'CID-' || :k`): up to three short concatenations, which the server's statements do not
/// need. Nulls are written literally, since pgbench cannot bind them, which saves PostgreSQL a little.
public record PgBenchScript(String sql, Map<String, String> variables) {
    /// Nine digits that stand for the key of a user.
    public static final long KEY = 987_654_321;

    /// Nine digits that stand for a number used once in a run.
    public static final long ONCE = 876_543_219;

    /// Seven digits that stand for any seven digits.
    public static final long ANY = 4_071_829;

    private static final Map<String, String> MARKERS =
            Map.of(String.valueOf(KEY), ":k", String.valueOf(ONCE), ":o", String.valueOf(ANY), ":a");
    private static final Pattern MARKER = Pattern.compile(String.join("|", MARKERS.keySet()));
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
    private static final Pattern VARIABLE = Pattern.compile("(?<!:):([a-z]\\w*)");

    /// Translates a statement.
    public static PgBenchScript of(Recorded recorded) {
        var variables = new LinkedHashMap<String, String>();
        var sql = PARAMETER.matcher(recorded.sql()).replaceAll(match -> {
            int number = Integer.parseInt(match.group(1));
            return Matcher.quoteReplacement(expression(recorded.parameters().get(number - 1), "p" + number, variables));
        });
        return new PgBenchScript(sql, variables);
    }

    private static String expression(Object value, String name, Map<String, String> variables) {
        return switch (value) {
            case null -> "null";
            case UUID id when isDrawn(id) -> "(" + drawn(digits(id)) + ")::uuid";
            case UUID id -> bound(name, id.toString(), variables);
            case String text when MARKER.matcher(text).find() -> "(" + drawn(text) + ")";
            case String[] texts
            when Arrays.stream(texts).anyMatch(text -> MARKER.matcher(text).find()) ->
                Arrays.stream(texts).map(PgBenchScript::drawn).collect(Collectors.joining(", ", "array[", "]"));
            case String[] texts -> bound(name, "{" + String.join(",", texts) + "}", variables);
            case Object other -> bound(name, String.valueOf(other), variables);
        };
    }

    private static boolean isDrawn(UUID id) {
        return MARKER.matcher(digits(id)).find();
    }

    private static String digits(UUID id) {
        return id.toString().replace("-", "");
    }

    private static String bound(String name, String value, Map<String, String> variables) {
        variables.put(name, value);
        return ":" + name;
    }

    /// `abc987654321def` as `'abc' || :k::text || 'def'`.
    private static String drawn(String text) {
        List<String> parts = new ArrayList<>();
        var matcher = MARKER.matcher(text);
        int from = 0;
        while (matcher.find()) {
            addLiteral(parts, text.substring(from, matcher.start()));
            parts.add(MARKERS.get(matcher.group()) + "::text");
            from = matcher.end();
        }
        addLiteral(parts, text.substring(from));
        return String.join(" || ", parts);
    }

    private static void addLiteral(List<String> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(literal(text));
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// Whether the statement uses a variable, such as `k`.
    boolean uses(String variable) {
        return VARIABLE.matcher(sql).results().anyMatch(match -> match.group(1).equals(variable));
    }

    /// The file for pgbench: the variables to draw, then the statement.
    String file(List<String> draws) {
        return String.join("\n", draws) + "\n" + sql.strip() + ";\n";
    }

    /// The statement with these values instead of drawn ones, to execute it once.
    String plain(Map<String, Long> drawn) {
        return VARIABLE.matcher(sql).replaceAll(match -> {
            var name = match.group(1);
            var value = drawn.containsKey(name) ? String.valueOf(drawn.get(name)) : variables.get(name);
            return Matcher.quoteReplacement(literal(value));
        });
    }
}
