package tv.roster.platform.templates;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Plain values for browsers that know no variables, as those of old TV sets: each declaration with variables is
/// preceded by the same one with their values in the light, which other browsers override.
final class PlainValues {
    private static final Pattern LIGHT = Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("(--[a-z0-9-]+): ([^;]+);");
    private static final Pattern DECLARATION = Pattern.compile("([a-z-]+: )([^;{}]*var\\(--[^;{}]*;)");
    private static final Pattern USE = Pattern.compile("var\\((--[a-z0-9-]+)\\)");

    private PlainValues() {}

    /// The same stylesheet with plain values before those with variables; the first `:root` has the variables.
    static String before(String css) {
        var root = LIGHT.matcher(css);
        if (!root.find()) {
            throw new IllegalStateException("The stylesheet has no variables");
        }
        var values = VARIABLE.matcher(root.group(1))
                .results()
                .collect(Collectors.toMap(variable -> variable.group(1), variable -> variable.group(2)));
        return DECLARATION
                .matcher(css)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) + plain(found.group(2), values) + " " + found.group()));
    }

    private static String plain(String value, Map<String, String> values) {
        return USE.matcher(value).replaceAll(use -> {
            var known = values.get(use.group(1));
            if (known == null) {
                throw new IllegalStateException("No value for " + use.group());
            }
            return Matcher.quoteReplacement(known);
        });
    }
}
