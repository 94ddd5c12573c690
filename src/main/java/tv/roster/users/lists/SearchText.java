package tv.roster.users.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.sql.LikePattern;
import tv.roster.users.values.FullName;
import tv.roster.values.domains.DomainName;
import tv.roster.values.text.Text;

/// What a person types to find a user, in the forms that the members of users are compared with. The lists contain
/// patterns for `like`.
///
/// @param names       parts of names in the form of [FullName#fold]
/// @param emails      parts of addresses in the form of the function `user_email_folded`
/// @param telephones  digits; none if the text cannot be a telephone number
/// @param externalIds beginnings of external ids
/// @param ids         the ids that begin with the text; null if none can
public record SearchText(
        List<String> names,
        List<String> emails,
        List<String> telephones,
        List<String> externalIds,
        @Nullable Ids ids) {
    private static final int FEWEST_CHARACTERS = 3;
    private static final int FEWEST_DIGITS = 4;

    /// What is left of a number without its prefix must still be three digits, which an index can find.
    private static final int FEWEST_AFTER_PREFIX = 3;

    private static final String BETWEEN_DIGITS = " +-./()[]\u2212";
    private static final Pattern ASCII_LABEL = Pattern.compile("(?i)xn--[a-z0-9-]+");

    /// The hyphens of an id come after these numbers of digits.
    private static final List<Integer> HYPHENS = List.of(8, 12, 16, 20);

    private static final int DIGITS_OF_ID = 32;

    /// The ids from `first` to `last`, both included.
    public record Ids(UUID first, UUID last) {}

    public static SearchText parse(String text) {
        if (Text.isLongerThan(text, FullName.LONGEST)) {
            throw new InvalidValue("Search for at most " + FullName.LONGEST + " characters.");
        }
        var folded = FullName.fold(text);
        // Removed characters do not count, and a character that becomes two (ß) counts once.
        if (Text.characters(text) < FEWEST_CHARACTERS || Text.characters(folded) < FEWEST_CHARACTERS) {
            throw new InvalidValue("Search for at least " + FEWEST_CHARACTERS
                    + " characters; accents, and what cannot be seen, are not counted.");
        }
        var stripped = Text.strip(text);
        return new SearchText(
                List.of(LikePattern.containing(folded)),
                Stream.of(folded, FullName.fold(withNamesOfDomains(stripped)))
                        .distinct()
                        .map(LikePattern::containing)
                        .toList(),
                telephones(folded),
                List.of(LikePattern.literal(stripped) + "%"),
                ids(stripped));
    }

    /// Whether it consists of several words.
    boolean hasSpace() {
        return emails.stream().allMatch(part -> part.indexOf(' ') >= 0);
    }

    /// Addresses are compared with the Unicode form of their domains.
    private static String withNamesOfDomains(String text) {
        return ASCII_LABEL.matcher(text).replaceAll(label -> Matcher.quoteReplacement(DomainName.key(label.group())));
    }

    /// Numbers are stored with their country code. A national number, with its 0, is looked for after a country code
    /// as well, and one with the prefix 00 at the beginning.
    private static List<String> telephones(String text) {
        var digits = digits(text);
        if (digits.length() < FEWEST_DIGITS) {
            return List.of();
        }
        var patterns = new ArrayList<String>();
        patterns.add("%" + digits + "%");
        var international = digits.startsWith("00");
        var rest = digits.substring(international ? 2 : 1);
        if (international && rest.length() >= FEWEST_AFTER_PREFIX) {
            patterns.add(rest + "%");
        } else if (!international && digits.startsWith("0")) {
            patterns.addAll(List.of("_" + rest + "%", "__" + rest + "%", "___" + rest + "%"));
        }
        // +358 (0)40 123 4567
        if (text.contains("(0)") && !text.startsWith("(0)")) {
            patterns.add("%" + digits(text.replace("(0)", "")) + "%");
        }
        return List.copyOf(patterns);
    }

    /// Empty if the text has anything else than digits and what groups them.
    private static String digits(String text) {
        var digits = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int character = text.codePointAt(at);
            int digit = Character.digit(character, 10);
            if (digit >= 0) {
                digits.append(digit);
            } else if (BETWEEN_DIGITS.indexOf(character) < 0) {
                return "";
            }
        }
        return digits.toString();
    }

    private static @Nullable Ids ids(String text) {
        var digits = new StringBuilder();
        boolean afterHyphen = true;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '-' && !afterHyphen && HYPHENS.contains(digits.length())) {
                afterHyphen = true;
            } else if (character < 0x80 && Character.digit(character, 16) >= 0) {
                afterHyphen = false;
                digits.append(character);
            } else {
                return null;
            }
        }
        int missing = DIGITS_OF_ID - digits.length();
        return missing < 0 ? null : new Ids(id(digits + "0".repeat(missing)), id(digits + "f".repeat(missing)));
    }

    private static UUID id(String digits) {
        return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }
}
