package tv.roster.platform.problems;

/// What a problem repeats of a request, which may be as long as the request.
final class Shortened {
    private Shortened() {}

    /// The text, or as much of it as fits into `most` UTF-16 units with an ellipsis at its end.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
