package tv.roster.profiles;

import java.text.BreakIterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.roster.values.text.Text;

/// The name of a profile, kept byte for byte: 1 to 64 code points, white space around it not counted.
public record ProfileName(String value) {
    /// What a profile is called whose user has no name.
    public static final ProfileName DEFAULT = new ProfileName("Default");

    private static final int LONGEST = 64;

    public ProfileName {
        Text.checkName(value, LONGEST);
    }

    public static ProfileName parse(String text) {
        return new ProfileName(text);
    }

    /// The name of a default profile: the user's full name, cut to fit between two letters as a reader sees them.
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
        // A heap of accents longer than a whole name is no letter worth keeping together.
        return Text.strip(name.substring(0, end > 0 ? end : limit));
    }
}
