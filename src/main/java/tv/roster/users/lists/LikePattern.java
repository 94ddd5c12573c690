package tv.roster.users.lists;

/// The patterns of `like`.
final class LikePattern {
    private LikePattern() {}

    /// The pattern of this very text.
    static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /// The pattern of texts that contain this one.
    static String containing(String text) {
        return "%" + literal(text) + "%";
    }
}
