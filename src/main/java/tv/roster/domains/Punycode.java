package tv.roster.domains;

import java.text.CharacterIterator;
import java.text.StringCharacterIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ASCII form of international labels, by RFC 3492. (The JDK's `IDN` is of 2003: it makes ss of ß, for one.)
final class Punycode {
    private static final int BASE = 36;
    private static final int LOWEST_THRESHOLD = 1;
    private static final int HIGHEST_THRESHOLD = 26;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE_POINT = 0x80;

    private Punycode() {}

    /// Section 6.3. The work grows with the square of the length: for labels only.
    static String encode(String label) {
        StringBuilder encoded = new StringBuilder();
        label.chars().filter(c -> c < FIRST_CODE_POINT).forEach(c -> encoded.append((char) c));
        int basic = encoded.length();
        if (basic > 0) {
            encoded.append('-');
        }
        int[] input = label.codePoints().toArray();
        int handled = basic;
        int reached = FIRST_CODE_POINT;
        int bias = FIRST_BIAS;
        int delta = 0;
        while (handled < input.length) {
            int next = lowestFrom(reached, input);
            delta += (next - reached) * (handled + 1);
            for (int codePoint : input) {
                if (codePoint < next) {
                    delta++;
                } else if (codePoint == next) {
                    appendNumber(encoded, delta, bias);
                    bias = adapted(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            reached = next + 1;
        }
        return encoded.toString();
    }

    /// Section 6.2; empty when it is the form of no text. Expects lower-case ASCII letters, digits and hyphens.
    static Optional<String> decode(String encoded) {
        int basic = Math.max(encoded.lastIndexOf('-'), 0);
        StringCharacterIterator numbers = new StringCharacterIterator(encoded, basic > 0 ? basic + 1 : 0);
        List<Integer> output = new ArrayList<>();
        encoded.chars().limit(basic).forEach(output::add);
        long reached = FIRST_CODE_POINT;
        int bias = FIRST_BIAS;
        long position = 0;
        while (numbers.current() != CharacterIterator.DONE) {
            int delta = readNumber(numbers, bias);
            int length = output.size() + 1;
            reached += (position + delta) / length;
            if (delta < 0 || reached > Character.MAX_CODE_POINT) {
                return Optional.empty();
            }
            bias = adapted(delta, length, length == basic + 1);
            position = (position + delta) % length;
            output.add((int) position++, (int) reached);
        }
        StringBuilder text = new StringBuilder();
        output.forEach(text::appendCodePoint);
        return Optional.of(text.toString());
    }

    /// -1 when it breaks off, holds a foreign character or is beyond any code point.
    private static int readNumber(CharacterIterator from, int bias) {
        long number = 0;
        long weight = 1;
        for (int k = BASE; weight <= Integer.MAX_VALUE; k += BASE) {
            int digit = digit(from.current());
            from.next();
            number += digit * weight;
            if (digit < 0 || number > Integer.MAX_VALUE) {
                return -1;
            }
            int threshold = threshold(k, bias);
            if (digit < threshold) {
                return (int) number;
            }
            weight *= BASE - threshold;
        }
        return -1;
    }

    private static int lowestFrom(int reached, int[] input) {
        int lowest = Integer.MAX_VALUE;
        for (int codePoint : input) {
            if (codePoint >= reached && codePoint < lowest) {
                lowest = codePoint;
            }
        }
        return lowest;
    }

    private static void appendNumber(StringBuilder encoded, int number, int bias) {
        int rest = number;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                break;
            }
            encoded.append(letter(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
        encoded.append(letter(rest));
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, LOWEST_THRESHOLD, HIGHEST_THRESHOLD);
    }

    /// Section 6.1.
    private static int adapted(int delta, int length, boolean first) {
        int rest = first ? delta / 700 : delta / 2;
        rest += rest / length;
        int k = 0;
        while (rest > (BASE - LOWEST_THRESHOLD) * HIGHEST_THRESHOLD / 2) {
            rest /= BASE - LOWEST_THRESHOLD;
            k += BASE;
        }
        return k + (BASE - LOWEST_THRESHOLD + 1) * rest / (rest + 38);
    }

    /// Section 5: a to z are 0 to 25, the digits 26 to 35.
    private static char letter(int digit) {
        return (char) (digit < 26 ? 'a' + digit : '0' + digit - 26);
    }

    private static int digit(char letter) {
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a';
        }
        return letter >= '0' && letter <= '9' ? letter - '0' + 26 : -1;
    }
}
