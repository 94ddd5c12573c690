package tv.roster.platform.problems;

/// Shortens texts from a request in error messages, since they can be as long as the request.
final class Shortened {
    private Shortened() {}

    /// The text, or its beginning with an ellipsis, at most `most` UTF-16 units.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
