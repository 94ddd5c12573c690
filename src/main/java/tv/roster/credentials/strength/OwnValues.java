package tv.roster.credentials.strength;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The data of the person whose password it is: name, e-mail address, telephone number, the BSS's own id. Other
/// people know them, too, so a password that consists only of them is not secret.
public final class OwnValues {
    private static final int SHORTEST_WORD = 2;
    private static final int SHORTEST_NUMBER = 6;

    private final Set<String> words = new HashSet<>();
    private final String telephone;

    /// Each value may be null.
    public OwnValues(
            @Nullable String name, @Nullable String email, @Nullable String telephone, @Nullable String externalId) {
        this.telephone = telephone == null ? "" : squeezed(telephone);
        add(name);
        add(email);
        add(externalId);
        add(this.telephone);
    }

    private void add(@Nullable String value) {
        if (value != null) {
            var folded = folded(value);
            var all = new HashSet<>(List.of(folded.split("[^\\p{L}\\p{N}]+")));
            all.add(squeezed(value));
            all.stream()
                    .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST_WORD)
                    .forEach(words::add);
        }
    }

    /// Whether a password is one of these values, or consists of their words in any order, regardless of case,
    /// accents, spaces and punctuation. The national form of the telephone number counts as well.
    boolean make(String prepared) {
        var text = squeezed(prepared);
        return !text.isEmpty() && (isOwnNumber(text) || isMadeOfWords(text));
    }

    private boolean isOwnNumber(String text) {
        var significant = text.replaceFirst("^0+", "");
        return significant.length() >= SHORTEST_NUMBER && telephone.endsWith(significant);
    }

    private boolean isMadeOfWords(String text) {
        var reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int from = 0; from < text.length(); from++) {
            for (var word : words) {
                if (reached[from] && text.startsWith(word, from)) {
                    reached[from + word.length()] = true;
                }
            }
        }
        return reached[text.length()];
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
    }

    /// Only its letters and digits.
    private static String squeezed(String text) {
        return folded(text).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    @Override
    public String toString() {
        return "OwnValues";
    }
}
