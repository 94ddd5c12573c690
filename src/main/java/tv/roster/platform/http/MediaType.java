package tv.roster.platform.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A media type, or a range of them, as `Accept` and `Content-Type` have it (RFC 9110, sections 8.3.1 and 12.5.1).
///
/// @param name       in lower case
/// @param parameters by their names in lower case, the weight `q` included
public record MediaType(String name, Map<String, String> parameters) {
    private static final int THIS = 3;
    private static final int OF_ITS_KIND = 2;
    private static final int ANY = 1;

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /// The entries of a header; never empty.
    public static List<MediaType> list(String header) {
        var types = new ArrayList<MediaType>();
        for (var entry : split(header, ',')) {
            var parts = split(entry, ';');
            var parameters = new HashMap<String, String>();
            for (var part : parts.subList(1, parts.size())) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                            unquoted(part.substring(equals + 1).strip()));
                } else if (!part.isBlank()) {
                    parameters.put(part.strip().toLowerCase(Locale.ROOT), "");
                }
            }
            types.add(new MediaType(parts.getFirst().strip().toLowerCase(Locale.ROOT), parameters));
        }
        return types;
    }

    /// The one of these types that an `Accept` header wants most; if it wants several of them equally, the one that it
    /// names most precisely, or else the first. Empty if it wants none; null is a header that was not sent.
    public static Optional<String> best(@Nullable String accept, List<String> offered) {
        var entries = accept == null || accept.isBlank() ? list("*/*") : list(accept);
        var best = Optional.<String>empty();
        double bestQuality = 0;
        int bestPrecision = 0;
        for (var type : offered) {
            int precision = entries.stream()
                    .mapToInt(entry -> entry.precision(type))
                    .max()
                    .orElse(0);
            double quality = entries.stream()
                    .filter(entry -> entry.precision(type) == precision)
                    .mapToDouble(MediaType::quality)
                    .max()
                    .orElse(0);
            boolean isBetter = quality > bestQuality || (quality == bestQuality && precision > bestPrecision);
            if (precision > 0 && quality > 0 && isBetter) {
                best = Optional.of(type);
                bestQuality = quality;
                bestPrecision = precision;
            }
        }
        return best;
    }

    /// How precisely it names a type; 0 if it does not contain it.
    private int precision(String type) {
        if (name.equals(type)) {
            return THIS;
        }
        if (name.equals("*/*")) {
            return ANY;
        }
        return name.endsWith("/*") && type.startsWith(name.substring(0, name.length() - 1)) ? OF_ITS_KIND : 0;
    }

    /// Its weight, 1 if it has none.
    public double quality() {
        try {
            return Math.clamp(Double.parseDouble(parameters.getOrDefault("q", "1")), 0.0, 1.0);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /// Splits outside of quoted strings; never empty.
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"') {
                quoted = !quoted;
            } else if (character == separator && !quoted) {
                parts.add(text.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
