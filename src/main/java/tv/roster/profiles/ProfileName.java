package tv.roster.profiles;

import java.text.BreakIterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.roster.values.text.Text;

/// The name of a profile, stored byte for byte: 1 to 64 code points without the white space around it.
public record ProfileName(String value) {
    /// The name of a profile whose user has no name.
    public static final ProfileName DEFAULT = new ProfileName("Default");

    private static final int LONGEST = 64;

    public ProfileName {
        Text.checkName(value, LONGEST);
    }

    public static ProfileName parse(String text) {
        return new ProfileName(text);
    }

    /// The name of a default profile: the user's full name, shortened if necessary between two user-perceived
    /// characters.
    public static ProfileName ofUser(@Nullable String fullName) {
        if (fullName == null) {
            return DEFAULT;
        }
        String fitting = cut(Text.strip(fullName));
        return Text.isVisible(fitting) ? new ProfileName(fitting) : DEFAULT;
    }

    private static String cut(String name) {
        if (!Text.isLongerThan(name, LONGEST)) {
            return name;
        }
        int limit = name.offsetByCodePoints(0, LONGEST);
        BreakIterator letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(name);
        int end = letters.preceding(limit + 1);
        // A single character with more accents than a name has room for is cut.
        return Text.strip(name.substring(0, end > 0 ? end : limit));
    }
}
