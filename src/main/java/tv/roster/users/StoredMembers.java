package tv.roster.users;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.values.ids.ProfileId;

/// The rule of read-only members: a client may send back what it read, and nothing else.
final class StoredMembers {
    private static final String DEFAULT_PROFILE = "/data/relationships/default_user_profile/data";

    private StoredMembers() {}

    /// Tells which read-only members differ from what the user has, and whether the wanted default profile is none of
    /// its `profiles`.
    static void check(UserChange change, User user, List<ProfileId> profiles) {
        var stored = change.stored();
        var problems = new Problems();
        refuse(problems, stored.registrationTime().differsFrom(user.registeredTime()), Place.REGISTRATION_TIME);
        refuse(problems, stored.passwordSet().differsFrom(user.passwordSet()), Place.PASSWORD_SET);
        refuse(problems, stored.createdTime().differsFrom(user.createdTime()), Place.CREATED_TIME);
        refuse(problems, stored.updatedTime().differsFrom(user.updatedTime()), Place.UPDATED_TIME);
        refuse(problems, stored.version().differsFrom((long) user.version()), Place.VERSION);
        var sent = stored.profiles().value();
        refuse(problems, sent != null && !areSame(sent, profiles), Place.PROFILES);
        var wanted = change.defaultProfile().value();
        if (wanted != null && !profiles.contains(wanted)) {
            problems.add(UserReader.notOfThisUser(DEFAULT_PROFILE));
        }
        problems.throwIfAny();
    }

    private static boolean areSame(List<String> sent, List<ProfileId> profiles) {
        return sent.stream()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet())
                .equals(new HashSet<>(profiles.stream().map(ProfileId::toString).toList()));
    }

    /// For a user that does not exist yet: nothing is stored that a read-only member could equal, but null.
    static void refuse(UserChange change) {
        var stored = change.stored();
        var problems = new Problems();
        refuse(problems, stored.registrationTime().value() != null, Place.REGISTRATION_TIME);
        refuse(problems, stored.passwordSet().value() != null, Place.PASSWORD_SET);
        refuse(problems, stored.createdTime().value() != null, Place.CREATED_TIME);
        refuse(problems, stored.updatedTime().value() != null, Place.UPDATED_TIME);
        refuse(problems, stored.version().value() != null, Place.VERSION);
        refuse(problems, stored.profiles().value() != null, Place.PROFILES);
        if (change.defaultProfile().value() != null) {
            problems.add(UserReader.notOfThisUser(DEFAULT_PROFILE));
        }
        problems.throwIfAny();
    }

    private static void refuse(Problems problems, boolean differs, Place place) {
        if (differs) {
            problems.add(
                    ErrorCode.READ_ONLY, "The server sets this member; it is not as sent.", "/data/" + place.pointer);
        }
    }

    /// Where the read-only members stand in a document.
    private enum Place {
        REGISTRATION_TIME("attributes/registration_information/registration_time"),
        PASSWORD_SET("meta/security/password_set"),
        CREATED_TIME("meta/created_time"),
        UPDATED_TIME("meta/updated_time"),
        VERSION("meta/version"),
        PROFILES("relationships/user_profiles/data");

        private final String pointer;

        Place(String pointer) {
            this.pointer = pointer;
        }
    }
}
