package tv.roster.credentials.strength;

import java.util.List;

/// Passwords that consist only of a pattern. Passwords that merely contain a pattern are not rejected, since that
/// would be a composition rule.
final class PlainPatterns {
    private static final int LONGEST_GROUP = 4;
    private static final int SHORTEST_RUN = 3;

    /// Keys that are adjacent, or that fingers reach in turn. The digits wrap around in both directions.
    private static final List<int[]> LINES = List.of(
            line("01234567890"),
            line("qwertyuiop[]"),
            line("asdfghjkl;'"),
            line("zxcvbnm,./"),
            line("qwertzuiopü"),
            line("asdfghjklöä"),
            line("yxcvbnm"),
            line("qwertyuiopå"),
            line("azertyuiop"),
            line("qsdfghjklm"),
            line("wxcvbn"),
            line("йцукенгшщзхъ"),
            line("фывапролджэ"),
            line("ячсмитьбю"),
            line("!@#$%^&*()"),
            line("!\"#¤%&/()="),
            line("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/"),
            line("1q2w3e4r5t6y7u8i9o0p"),
            line("q1w2e3r4t5y6u7i8o9p0"));

    private PlainPatterns() {}

    /// Whether the whole text is a short group of characters repeated, a series of sequences, or a longer group
    /// repeated that is itself one of these or a common password. `folded` is in lower case.
    static boolean make(String folded) {
        var text = folded.codePoints().toArray();
        for (int group = 1; group <= text.length / 2; group++) {
            if (isRepeated(text, group) && (group <= LONGEST_GROUP || isEasy(text, group))) {
                return true;
            }
        }
        return areRuns(text, text.length);
    }

    private static boolean isEasy(int[] text, int group) {
        return areRuns(text, group) || CommonPasswords.contains(new String(text, 0, group));
    }

    /// The last repetition may be incomplete.
    private static boolean isRepeated(int[] text, int group) {
        for (int at = group; at < text.length; at++) {
            if (text[at] != text[at - group]) {
                return false;
            }
        }
        return true;
    }

    /// Whether the beginning of the text can be split into runs of three or more characters.
    private static boolean areRuns(int[] text, int length) {
        var reached = new boolean[length + 1];
        reached[0] = true;
        for (int from = 0; from < length; from++) {
            int longest = reached[from] ? longestRun(text, from, length) : 0;
            for (int run = SHORTEST_RUN; run <= longest; run++) {
                reached[from + run] = true;
            }
        }
        return reached[length];
    }

    private static int longestRun(int[] text, int from, int length) {
        int longest = 1;
        for (int step = -1; step <= 1; step++) {
            int end = from + 1;
            while (end < length && text[end] - text[end - 1] == step) {
                end++;
            }
            longest = Math.max(longest, end - from);
        }
        for (var line : LINES) {
            for (int key = 0; key < line.length; key++) {
                if (line[key] == text[from]) {
                    longest = Math.max(longest, runAlong(line, key, 1, text, from, length));
                    longest = Math.max(longest, runAlong(line, key, -1, text, from, length));
                }
            }
        }
        return longest;
    }

    private static int runAlong(int[] line, int key, int step, int[] text, int from, int length) {
        int run = 0;
        for (int at = key;
                at >= 0 && at < line.length && from + run < length && line[at] == text[from + run];
                at += step) {
            run++;
        }
        return run;
    }

    private static int[] line(String keys) {
        return keys.codePoints().toArray();
    }
}
