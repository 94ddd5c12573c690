package tv.roster.domains;

/// The rule for labels written from right to left, RFC 5893 section 2. Judges a label by itself: whether a label of
/// digits beside one from right to left could be misread is left to the registries.
final class BidiRule {
    private BidiRule() {}

    static boolean holds(String label) {
        if (label.codePoints().noneMatch(BidiRule::isRightToLeft)) {
            return true;
        }
        int last = label.length();
        while (last > 0 && direction(label.codePointBefore(last)) == Character.DIRECTIONALITY_NONSPACING_MARK) {
            last -= Character.charCount(label.codePointBefore(last));
        }
        boolean europeanDigits = has(label, Character.DIRECTIONALITY_EUROPEAN_NUMBER);
        boolean arabicDigits = has(label, Character.DIRECTIONALITY_ARABIC_NUMBER);
        return isLetter(label.codePointAt(0))
                && (isLetter(label.codePointBefore(last)) || isDigit(label.codePointBefore(last)))
                && !has(label, Character.DIRECTIONALITY_LEFT_TO_RIGHT)
                && !(europeanDigits && arabicDigits);
    }

    private static boolean isRightToLeft(int character) {
        return isLetter(character) || direction(character) == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    private static boolean isLetter(int character) {
        byte direction = direction(character);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static boolean isDigit(int character) {
        byte direction = direction(character);
        return direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER
                || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    private static boolean has(String label, byte direction) {
        return label.codePoints().anyMatch(character -> direction(character) == direction);
    }

    private static byte direction(int character) {
        return Character.getDirectionality(character);
    }
}
