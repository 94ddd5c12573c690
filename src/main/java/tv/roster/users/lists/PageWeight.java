package tv.roster.users.lists;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.Profile;
import tv.roster.users.User;

/// The maximum size of a page of users in bytes, counted while they are read: with long names, many flags and
/// profiles, one user can take as much as a hundred others.
public final class PageWeight {
    private static final int MOST_MIB = 8;
    public static final int MOST = MOST_MIB << 20;
    private static final int AROUND = 1024;
    private static final int USER_WITHOUT_TEXTS = 700;
    private static final int LINKS_OF_A_USER = 6;
    private static final int PROFILE_WITHOUT_TEXTS = 500;
    private static final int LINKS_OF_A_PROFILE = 4;
    private static final int AROUND_A_FLAG = 3;

    /// UTF-8 needs up to three bytes for a Java character, JSON two for one that it escapes.
    private static final int BYTES_OF_A_CHARACTER = 3;

    private final int lengthOfBase;
    private int users;
    private int bytes = AROUND;

    /// `base` is the beginning of each link.
    public PageWeight(String base) {
        lengthOfBase = base.length();
    }

    /// Adds a user. Throws a refusal if the page exceeds the limit.
    void add(User user) {
        bytes += USER_WITHOUT_TEXTS
                + LINKS_OF_A_USER * lengthOfBase
                + most(user.name())
                + most(user.email())
                + most(user.externalId());
        for (var flag : user.flags()) {
            bytes += flag.length() + AROUND_A_FLAG;
        }
        for (var profile : user.included()) {
            add(profile);
        }
        users++;
        if (bytes > MOST) {
            throw tooHeavy();
        }
    }

    public int users() {
        return users;
    }

    private void add(Profile profile) {
        bytes += PROFILE_WITHOUT_TEXTS + LINKS_OF_A_PROFILE * lengthOfBase + most(profile.name());
    }

    private static int most(@Nullable String text) {
        return text == null ? 0 : BYTES_OF_A_CHARACTER * text.length();
    }

    public int bytes() {
        return bytes;
    }

    private static Refusal tooHeavy() {
        return new Refusal(new Problem(
                ErrorCode.TOO_EXPENSIVE,
                "These users have so many flags or profiles that the page would take more than " + MOST_MIB
                        + " MiB; ask for fewer users with page[size].",
                Source.parameter("page[size]")));
    }
}
