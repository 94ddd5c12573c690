package tv.roster.platform.jsonapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.text.PercentEncoding;
import tv.roster.values.text.Suggestion;

/// The query parameters of a request, taken one by one; parameters that are not taken are rejected.
public final class Query {
    /// Parameters in which a plus sign stands for itself: clients often leave it unencoded in `anna+tv@…`, and
    /// encode a space as `%20`.
    private static final Set<String> WITH_PLUSES = Set.of("filter[email]");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /// Parses a raw query. Rejects invalid escapes and repeated parameters.
    public Query(String raw) {
        if (raw.isEmpty()) {
            return;
        }
        for (var pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            var name = decode(spaced(equals < 0 ? pair : pair.substring(0, equals)), null);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            value = decode(WITH_PLUSES.contains(name) ? value : spaced(value), name);
            if (values.put(name, value) != null) {
                throw bad(name, "This parameter is repeated.");
            }
        }
    }

    /// Form encoding, in which browsers and most clients write queries: a plus sign is a space.
    private static String spaced(String encoded) {
        return encoded.replace('+', ' ');
    }

    private static String decode(String encoded, @Nullable String parameter) {
        var decoded = PercentEncoding.decode(encoded);
        if (decoded == null) {
            throw bad(parameter == null ? encoded : parameter, "The percent-encoding is broken.");
        }
        if (decoded.indexOf(0) >= 0) {
            throw bad(parameter == null ? encoded : parameter, "A NUL character is no text.");
        }
        return decoded;
    }

    /// The value of a parameter, or null if it was not sent.
    public @Nullable String take(String name) {
        taken.add(name);
        return values.get(name);
    }

    /// The value of a parameter, parsed by `parse`; its [InvalidValue] becomes a `400` with the parameter's name.
    public <T> @Nullable T take(String name, Function<String, T> parse) {
        var value = take(name);
        if (value == null) {
            return null;
        }
        try {
            return parse.apply(value);
        } catch (InvalidValue e) {
            throw bad(name, e.detail());
        }
    }

    /// The comma-separated values of a parameter, at most `most`; `\,` is a comma and `\\` a backslash.
    public <T> @Nullable List<T> takeList(String name, int most, Function<String, T> parse) {
        return take(name, value -> {
            var parts = split(value);
            if (parts.size() > most) {
                throw new InvalidValue("This parameter takes at most " + most + " values.");
            }
            return parts.stream().map(parse).toList();
        });
    }

    private static List<String> split(String value) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '\\' && at + 1 < value.length() && "\\,".indexOf(value.charAt(at + 1)) >= 0) {
                part.append(value.charAt(++at));
            } else if (character == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /// Rejects the first parameter that was not taken.
    public void refuseUnknown() {
        for (var name : values.keySet()) {
            if (!taken.contains(name)) {
                throw bad(
                        name,
                        taken.isEmpty()
                                ? "This call takes no parameters."
                                : "There is no such parameter here; the parameters are "
                                        + Suggestion.list(new TreeSet<>(taken)) + ".");
            }
        }
    }

    /// All parameters except those of pages, sorted by name: what a cursor is bound to.
    public String withoutPages() {
        var same = new StringBuilder();
        values.keySet().stream()
                .filter(name -> !name.startsWith("page[") && !name.startsWith("fields[") && !name.equals("include"))
                .sorted()
                .forEach(name -> same.append(PercentEncoding.encode(name))
                        .append('=')
                        .append(PercentEncoding.encode(values.getOrDefault(name, "")))
                        .append('&'));
        return same.toString();
    }

    /// The query with other page parameters, percent-encoded, for the links of a page.
    public String with(String pageParameter, String cursor) {
        return with(pageParameter, cursor, "page[after]", "page[before]");
    }

    /// The query with this parameter in place of the others.
    public String with(String pageParameter, String cursor, String... others) {
        var text = new StringBuilder();
        var removed = Set.of(others);
        values.forEach((name, value) -> {
            if (!removed.contains(name)) {
                append(text, name, value);
            }
        });
        if (!pageParameter.isEmpty()) {
            append(text, pageParameter, cursor);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(text.isEmpty() ? "" : "&")
                .append(PercentEncoding.encode(name))
                .append('=')
                .append(PercentEncoding.encode(value));
    }

    public static Refusal bad(String parameter, String detail) {
        return new Refusal(ErrorCode.BAD_QUERY, detail, Source.parameter(parameter));
    }
}
