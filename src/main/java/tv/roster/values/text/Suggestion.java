package tv.roster.values.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Suggestions for an error message about an unknown word.
public final class Suggestion {
    /// The maximum number of letters to insert, remove or replace.
    private static final int CLOSE = 3;

    private Suggestion() {}

    /// The known word that is closest to this one, if any is close enough.
    public static Optional<String> closest(String word, Collection<String> known) {
        return known.stream()
                .filter(other -> Math.abs(other.length() - word.length()) <= CLOSE && distance(other, word) <= CLOSE)
                .min(Comparator.<String>comparingInt(other -> distance(other, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// Words listed as in a sentence: `a`, `a and b`, `a, b and c`.
    public static String list(Collection<String> words) {
        var all = List.copyOf(words);
        int last = all.size() - 1;
        return last < 1 ? String.join("", all) : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
    }

    /// The Levenshtein distance.
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int i = 0; i <= other.length(); i++) {
            row[i] = i;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
