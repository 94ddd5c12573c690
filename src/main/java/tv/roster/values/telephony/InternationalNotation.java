package tv.roster.values.telephony;

import java.util.Optional;

/// The international notation of ITU-T E.123: `+`, the country code, groups of digits separated by single spaces.
public final class InternationalNotation {
    private static final String EXAMPLE = "such as +358 40 123 4567";

    private InternationalNotation() {}

    /// Whether the number is in this notation, or in one group (`+358401234567`), with ASCII digits.
    public static boolean holds(String number) {
        if (number.length() < 2 || number.charAt(0) != '+' || number.endsWith(" ")) {
            return false;
        }
        for (int at = 1; at < number.length(); at++) {
            char c = number.charAt(at);
            boolean spaceBetweenDigits = c == ' ' && isDigit(number.charAt(at - 1));
            if (!isDigit(c) && !spaceBetweenDigits) {
                return false;
            }
        }
        return true;
    }

    /// The digits in the text, in order.
    public static String digits(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        number.chars().filter(c -> isDigit((char) c)).forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    /// Advice for a number in another notation: the number itself in the correct notation if that is obvious,
    /// otherwise an example. Expects a text of at most a few dozen characters.
    public static String advice(String number) {
        Optional<String> meant = meant(number);
        if (meant.isPresent()) {
            return "Write the number with + and the country code, digits, and single spaces alone: " + meant.get()
                    + ".";
        }
        if (number.chars().anyMatch(Character::isLetter)) {
            return "Send the number alone, without words, extension or tel:, " + EXAMPLE + ".";
        }
        if (!number.isEmpty() && number.chars().noneMatch(c -> c == '+')) {
            return "Write the number in international notation, with + and the country code, " + EXAMPLE
                    + ", not in national notation.";
        }
        return "Write + and the country code, then groups of digits with single spaces between them, " + EXAMPLE + ".";
    }

    private static Optional<String> meant(String number) {
        StringBuilder written = new StringBuilder();
        number.replace("(0)", " ").codePoints().forEach(character -> {
            int digit = Character.isDigit(character) ? Character.digit(character, 10) : -1;
            if (digit >= 0) {
                written.append(digit);
            } else if (character == '+' || character == '\uFF0B') {
                written.append('+');
            } else if (!isSeparator(character)) {
                written.append('?');
            } else if (!written.isEmpty() && isDigit(written.charAt(written.length() - 1))) {
                written.append(' ');
            }
        });
        if (written.indexOf("00") == 0) {
            written.replace(0, 2, "+");
        }
        String tidy = written.toString().strip();
        return holds(tidy) && NumberingPlan.fault(digits(tidy)).isEmpty() ? Optional.of(tidy) : Optional.empty();
    }

    private static boolean isSeparator(int character) {
        return Character.isSpaceChar(character)
                || Character.getType(character) == Character.DASH_PUNCTUATION
                || Character.getType(character) == Character.FORMAT
                || "()./\t\u2212".indexOf(character) >= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
