package tv.roster.platform.sql;

/// The patterns of `like`.
public final class LikePattern {
    private LikePattern() {}

    /// The pattern of this very text.
    public static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /// The pattern of texts that contain this one.
    public static String containing(String text) {
        return "%" + literal(text) + "%";
    }
}
