package tv.roster.values.languages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts of a package in every language, read once from `texts_en.properties` and the corresponding files of
/// the other languages next to a class. `{0}` and `{1}` are replaced with values.
public final class Texts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9])}");

    private final Map<Language, Map<String, String>> texts = new EnumMap<>(Language.class);

    /// Reads the files next to `owner`. All of them must have the same keys.
    public Texts(Class<?> owner) {
        for (var language : Language.values()) {
            texts.put(language, read(owner, "texts_" + language.tag() + ".properties"));
        }
        var keys = in(Language.EN).keySet();
        texts.forEach((language, inLanguage) -> {
            if (!inLanguage.keySet().equals(keys)) {
                throw new IllegalStateException("Texts of " + owner.getPackageName() + " are missing in " + language);
            }
        });
    }

    private static Map<String, String> read(Class<?> owner, String file) {
        try (InputStream stream = owner.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            var read = new HashMap<String, String>();
            properties.stringPropertyNames().forEach(key -> read.put(key, properties.getProperty(key)));
            return Map.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> in(Language language) {
        var found = texts.get(language);
        if (found == null) {
            throw new IllegalStateException("No texts in " + language);
        }
        return found;
    }

    /// The text for `key`, with its placeholders replaced by `values`.
    public String text(Language language, String key, Object... values) {
        var text = in(language).get(key);
        if (text == null) {
            throw new IllegalArgumentException("There is no text " + key);
        }
        // In one pass, since a value can look like a placeholder.
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf(values[Integer.parseInt(found.group(1))])));
    }
}
