package tv.roster.values.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Texts that are looked for in other texts, in any case and not as a part of a longer word. However many there are, a
/// text is read once: they are found by their first letters and digits.
final class Words {
    /// The texts that begin with these letters and digits, whatever is before them.
    private final Map<String, List<Word>> byStart = new HashMap<>();

    /// @param start where the first letter or digit is
    private record Word(String text, int start) {
        boolean isAt(String other, int place) {
            int from = place - start;
            int end = from + text.length();
            return from >= 0
                    && other.startsWith(text, from)
                    && (end == other.length()
                            || !Character.isLetterOrDigit(text.codePointBefore(text.length()))
                            || !Character.isLetterOrDigit(other.codePointAt(end)));
        }
    }

    Words(Collection<String> texts) {
        texts.stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .flatMap(text -> Stream.of(text, inJson(text)))
                .distinct()
                .forEach(this::add);
    }

    private static String inJson(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private void add(String text) {
        int start = nextStart(text, 0);
        if (start < text.length()) {
            byStart.computeIfAbsent(text.substring(start, endOf(text, start)), first -> new ArrayList<>(1))
                    .add(new Word(text, start));
        }
    }

    boolean areIn(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        int end;
        for (int start = nextStart(lower, 0); start < lower.length(); start = nextStart(lower, end)) {
            end = endOf(lower, start);
            int place = start;
            if (byStart.getOrDefault(lower.substring(start, end), List.of()).stream()
                    .anyMatch(word -> word.isAt(lower, place))) {
                return true;
            }
        }
        return false;
    }

    private static int nextStart(String text, int from) {
        int at = from;
        while (at < text.length() && !Character.isLetterOrDigit(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static int endOf(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isLetterOrDigit(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }
}
