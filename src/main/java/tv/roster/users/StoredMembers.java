package tv.roster.users;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Source;
import tv.roster.values.ids.ProfileId;

/// The rule of read-only members: a client may send back what it has read, and nothing else.
public final class StoredMembers {
    private StoredMembers() {}

    /// Reports read-only members that differ from those of the user, and a default profile that is not one of its
    /// `profiles`.
    public static void check(UserChange change, User user, List<ProfileId> profiles) {
        var stored = change.stored();
        var problems = new Problems();
        refuse(problems, stored.registrationTime().differsFrom(user.registeredTime()), UserMember.REGISTRATION_TIME);
        refuse(problems, stored.passwordSet().differsFrom(user.passwordSet()), UserMember.PASSWORD_SET);
        refuse(problems, stored.createdTime().differsFrom(user.createdTime()), UserMember.CREATED_TIME);
        refuse(problems, stored.updatedTime().differsFrom(user.updatedTime()), UserMember.UPDATED_TIME);
        refuse(problems, stored.version().differsFrom((long) user.version()), UserMember.VERSION);
        var sent = stored.profiles().value();
        refuse(problems, sent != null && !areSame(sent, profiles), UserMember.PROFILES);
        var wanted = change.defaultProfile().value();
        if (wanted != null && !profiles.contains(wanted)) {
            problems.add(notOfThisUser());
        }
        problems.throwIfAny();
    }

    private static boolean areSame(List<String> sent, List<ProfileId> profiles) {
        return sent.stream()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet())
                .equals(new HashSet<>(profiles.stream().map(ProfileId::toString).toList()));
    }

    /// For a user that does not exist yet: its read-only members can only be null.
    public static void refuse(UserChange change) {
        var stored = change.stored();
        var problems = new Problems();
        refuse(problems, stored.registrationTime().value() != null, UserMember.REGISTRATION_TIME);
        refuse(problems, stored.passwordSet().value() != null, UserMember.PASSWORD_SET);
        refuse(problems, stored.createdTime().value() != null, UserMember.CREATED_TIME);
        refuse(problems, stored.updatedTime().value() != null, UserMember.UPDATED_TIME);
        refuse(problems, stored.version().value() != null, UserMember.VERSION);
        refuse(problems, stored.profiles().value() != null, UserMember.PROFILES);
        if (change.defaultProfile().value() != null) {
            problems.add(notOfThisUser());
        }
        problems.throwIfAny();
    }

    public static Problem notOfThisUser() {
        return new Problem(
                ErrorCode.INVALID_VALUE, "The user has no such profile.", Source.member(UserMember.DEFAULT_PROFILE));
    }

    private static void refuse(Problems problems, boolean differs, UserMember member) {
        if (differs) {
            problems.add(ErrorCode.READ_ONLY, "The server sets this member; it is not as sent.", member);
        }
    }
}
