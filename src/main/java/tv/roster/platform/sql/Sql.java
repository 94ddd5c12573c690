package tv.roster.platform.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A statement whose parameters have names: `where u.id = :id`. PostgreSQL receives positions instead, one for each
/// name regardless of how often it occurs. Declare it as a constant, since creating it parses the text.
public final class Sql {
    /// At the beginning of a statement: PostgreSQL plans it for its values each time, instead of keeping a plan for all
    /// values. Costs a round trip and the planning.
    public static final String PLANNED_EACH_TIME = "/* planned each time */ ";

    /// Either text to skip (literals, quoted identifiers, comments and casts) or a parameter.
    private static final Pattern TOKEN = Pattern.compile(
            "'[^']*'|\"[^\"]*\"|--[^\n]*|/\\*.*?\\*/|::|:(?<name>[a-z][a-z0-9_]*)|(?<position>\\$[0-9]+)",
            Pattern.DOTALL);

    /// Marks a value that has not been set; null is a value.
    private static final Object UNSET = new Object();

    private final String text;
    private final Map<String, Integer> positions;

    private Sql(String text, Map<String, Integer> positions) {
        this.text = text;
        this.positions = positions;
    }

    public static Sql of(String named) {
        var positions = new HashMap<String, Integer>();
        var text = TOKEN.matcher(named).replaceAll(token -> {
            if (token.group("position") != null) {
                throw new IllegalArgumentException("A parameter without a name: " + token.group());
            }
            var name = token.group("name");
            if (name == null) {
                return Matcher.quoteReplacement(token.group());
            }
            positions.putIfAbsent(name, positions.size());
            return "\\$" + (positions.get(name) + 1);
        });
        return new Sql(text, positions);
    }

    /// Starts to set the values for one run of this statement.
    public Binding bind() {
        return new Binding(this);
    }

    /// Has several values for a statement, and knows their names.
    @FunctionalInterface
    public interface Part {
        void bindTo(Binding binding);
    }

    /// The values for one run of a statement, set by name.
    public static final class Binding {
        private final Sql sql;
        private final @Nullable Object[] values;

        private Binding(Sql sql) {
            this.sql = sql;
            values = new @Nullable Object[sql.positions.size()];
            Arrays.fill(values, UNSET);
        }

        /// Throws an [IllegalStateException] if the statement has no parameter of this name.
        public Binding set(String name, @Nullable Object value) {
            var position = sql.positions.get(name);
            if (position == null) {
                throw new IllegalStateException("No parameter is named :" + name + " in " + sql.text);
            }
            values[position] = value;
            return this;
        }

        public Binding set(Part part) {
            part.bindTo(this);
            return this;
        }

        String text() {
            return sql.text;
        }

        /// The values in the order of their positions. Throws an [IllegalStateException] if one is missing.
        @Nullable
        Object[] values() {
            for (var value : values) {
                if (value == UNSET) {
                    throw new IllegalStateException("No value for " + missing() + " in " + sql.text);
                }
            }
            return values;
        }

        private List<String> missing() {
            var names = new ArrayList<String>();
            sql.positions.forEach((name, position) -> {
                if (values[position] == UNSET) {
                    names.add(":" + name);
                }
            });
            return names;
        }
    }
}
