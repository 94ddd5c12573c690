package tv.roster.values.domains;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.IDNA.Error;
import com.ibm.icu.text.IDNA.Info;
import java.util.Set;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.text.Text;

/// Domain names beyond ASCII, according to UTS 46 (non-transitional, with the checks of IDNA 2008). ICU and its
/// tables are loaded with this class, when the first such name is processed.
final class InternationalName {
    private static final IDNA UTS_46 = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO
            | IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /// The characters that names may contain besides letters, marks and digits (RFC 5892 section 2.6 and appendix
    /// A): the joiners, middle dots of Catalan and Japanese, signs of Greek, Hebrew, Sindhi and Tibetan, and the
    /// ideographic zero.
    private static final String SIGNS = "\u200C\u200D\u00B7\u30FB\u0375\u05F3\u05F4\u06FD\u06FE\u0F0B\u3007";

    private InternationalName() {}

    static String toAscii(String domain) {
        var info = new Info();
        var ascii = UTS_46.nameToASCII(domain, new StringBuilder(), info).toString();
        if (info.hasErrors()) {
            throw fault(info.getErrors());
        }
        for (var label : domain.split("\\.", -1)) {
            checkForm(label);
        }
        return ascii;
    }

    /// The name in Unicode and in lower case, regardless of its form; for a text that is not a name, its lower-case
    /// form.
    static String key(String domain) {
        var info = new Info();
        var name = UTS_46.nameToUnicode(domain, new StringBuilder(), info).toString();
        return info.hasErrors() ? Text.foldCase(domain) : name;
    }

    /// UTS 46 accepts more than IDNA 2008 and maps it to a name: full-width letters, decomposed letters, invisible
    /// characters, symbols. Here a name must be in the form that is displayed, apart from case. A label in ASCII
    /// form may stand for symbols, since such domains exist, but not for invisible characters.
    private static void checkForm(String label) {
        var shown =
                UTS_46.labelToUnicode(label, new StringBuilder(), new Info()).toString();
        boolean inAscii = label.chars().allMatch(c -> c < 0x80);
        if (!inAscii && !Text.foldCase(shown).equals(Text.foldCase(label))) {
            throw new InvalidValue(
                    "A part of the domain is not in its normal form (Unicode NFC, without wide letters and"
                            + " without characters that cannot be seen).");
        }
        shown.codePoints()
                .filter(c -> c >= 0x80 && SIGNS.indexOf(c) < 0)
                .filter(c -> Text.isInvisible(c) || (!inAscii && !isLetterMarkOrDigit(c)))
                .forEach(c -> {
                    throw DomainName.refused(c);
                });
    }

    private static boolean isLetterMarkOrDigit(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> Character.isLetter(character);
        };
    }

    private static InvalidValue fault(Set<Error> errors) {
        if (errors.contains(Error.LABEL_TOO_LONG) || errors.contains(Error.DOMAIN_NAME_TOO_LONG)) {
            return DomainName.tooLongLabel();
        }
        if (errors.contains(Error.PUNYCODE) || errors.contains(Error.INVALID_ACE_LABEL)) {
            return new InvalidValue("A part of the domain begins with xn-- but stands for no international name.");
        }
        if (errors.contains(Error.LEADING_COMBINING_MARK) || errors.contains(Error.HYPHEN_3_4)) {
            return new InvalidValue(
                    "A part of the domain begins with a mark, or has -- as its third and fourth character.");
        }
        if (errors.contains(Error.BIDI)) {
            return new InvalidValue("The domain mixes directions of writing in a way that RFC 5893 forbids.");
        }
        return new InvalidValue("The domain has a character that no domain may have there (RFC 5892).");
    }
}
