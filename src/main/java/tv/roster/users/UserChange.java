package tv.roster.users;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.strength.Password;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.users.values.FullName;
import tv.roster.users.values.RegistrationState;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.users.values.UserFlag;
import tv.roster.values.Sent;
import tv.roster.values.ids.ProfileId;

/// A requested change of a user: each member is absent, null or a value. `stored` contains the read-only members
/// of the request.
public record UserChange(
        Sent<FullName> name,
        Sent<List<UserFlag>> flags,
        Sent<EmailAddress> email,
        Sent<TelephoneNumber> telephone,
        Sent<RegistrationState> state,
        Sent<ExternalId> externalId,
        Sent<Password> password,
        Sent<ProfileId> defaultProfile,
        Stored stored) {
    /// Read-only members in the request, which must equal the stored ones.
    public record Stored(
            Sent<Long> registrationTime,
            Sent<Boolean> passwordSet,
            Sent<Long> createdTime,
            Sent<Long> updatedTime,
            Sent<Long> version,
            Sent<List<String>> profiles) {
        static final Stored NOTHING =
                new Stored(Sent.absent(), Sent.absent(), Sent.absent(), Sent.absent(), Sent.absent(), Sent.absent());

        private Stored withoutVersion() {
            return new Stored(registrationTime, passwordSet, createdTime, updatedTime, Sent.absent(), profiles);
        }

        boolean any() {
            return registrationTime.present()
                    || passwordSet.present()
                    || createdTime.present()
                    || updatedTime.present()
                    || version.present()
                    || profiles.present();
        }
    }

    /// Whether the user must be locked and read before it is changed.
    public boolean needsLook() {
        return stored.any() || defaultProfile.present();
    }

    /// The same change with this external id.
    public UserChange withExternalId(ExternalId id) {
        return new UserChange(name, flags, email, telephone, state, Sent.of(id), password, defaultProfile, stored);
    }

    /// The same change with this default profile.
    public UserChange withDefaultProfile(ProfileId profile) {
        return new UserChange(name, flags, email, telephone, state, externalId, password, Sent.of(profile), stored);
    }

    /// The same change without the version that was sent, for doors to which that is an expectation.
    public UserChange withoutVersion() {
        return new UserChange(
                name, flags, email, telephone, state, externalId, password, defaultProfile, stored.withoutVersion());
    }

    /// A change of only the default profile.
    public static UserChange ofDefaultProfile(ProfileId profile) {
        return new UserChange(
                Sent.absent(),
                Sent.absent(),
                Sent.absent(),
                Sent.absent(),
                Sent.absent(),
                Sent.absent(),
                Sent.absent(),
                Sent.of(profile),
                Stored.NOTHING);
    }

    /// The words of the flags, sorted as they are stored; null if no flags were sent.
    public @Nullable List<String> flagWords() {
        return flags.map(list -> list.stream().map(UserFlag::value).sorted().toList());
    }
}
