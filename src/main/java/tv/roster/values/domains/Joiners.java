package tv.roster.values.domains;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/// The zero width joiner and non-joiner, which are part of words in some scripts and invisible in all others.
public final class Joiners {
    private static final int VIRAMA = 9;

    private Joiners() {}

    /// Whether the joiner at this position of a text changes how the adjacent letters are displayed: a zero width
    /// non-joiner between letters that would join, or either joiner after a virama (RFC 5892, appendices A.1, A.2).
    public static boolean isFitting(String text, int at) {
        if (at == 0) {
            return false;
        }
        if (UCharacter.getCombiningClass(text.codePointBefore(at)) == VIRAMA) {
            return true;
        }
        return text.charAt(at) == '\u200C' && joinsBefore(text, at) && joinsAfter(text, at + 1);
    }

    private static boolean joinsBefore(String text, int end) {
        int at = end;
        while (at > 0 && joiningType(text.codePointBefore(at)) == UCharacter.JoiningType.TRANSPARENT) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        int type = at == 0 ? UCharacter.JoiningType.NON_JOINING : joiningType(text.codePointBefore(at));
        return type == UCharacter.JoiningType.LEFT_JOINING || type == UCharacter.JoiningType.DUAL_JOINING;
    }

    private static boolean joinsAfter(String text, int start) {
        int at = start;
        while (at < text.length() && joiningType(text.codePointAt(at)) == UCharacter.JoiningType.TRANSPARENT) {
            at += Character.charCount(text.codePointAt(at));
        }
        int type = at == text.length() ? UCharacter.JoiningType.NON_JOINING : joiningType(text.codePointAt(at));
        return type == UCharacter.JoiningType.RIGHT_JOINING || type == UCharacter.JoiningType.DUAL_JOINING;
    }

    private static int joiningType(int character) {
        return UCharacter.getIntPropertyValue(character, UProperty.JOINING_TYPE);
    }
}
