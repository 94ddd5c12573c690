package tv.roster.users.bulk;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.users.User;
import tv.roster.users.UserChange;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.users.values.FullName;
import tv.roster.users.values.RegistrationState;
import tv.roster.users.values.TelephoneNumber;
import tv.roster.values.ids.ProfileId;

/// A user as the rows before have left it.
///
/// @param emailKey     what addresses are compared by
/// @param passwordHash the text of the stored hash
record UserState(
        User user, @Nullable String emailKey, @Nullable String passwordHash) {
    /// In place of the hash of a password in clear text, which a rehearsal does not compute: equal to no stored
    /// hash.
    private static final String NOT_HASHED = "not hashed";

    /// The user after the change, by the rules of [tv.roster.users.UserChangesTable]; the same object if nothing
    /// changes.
    UserState after(UserRow row, long now) {
        UserChange change = row.change();
        var hash = row.setsPassword() ? hash(row) : passwordHash;
        var flags = change.flagWords();
        var state = change.state().value();
        var defaultProfile = change.defaultProfile().value();
        var changed = new User(
                user.id(),
                user.version() + 1,
                change.name().present() ? change.name().map(FullName::value) : user.name(),
                flags == null ? user.flags() : flags,
                change.email().present() ? change.email().map(EmailAddress::value) : user.email(),
                change.telephone().present() ? change.telephone().map(TelephoneNumber::value) : user.telephone(),
                state == null ? user.registeredTime() : registeredTime(state, now),
                change.externalId().present() ? change.externalId().map(ExternalId::value) : user.externalId(),
                defaultProfile == null ? user.defaultProfile() : new ProfileId(defaultProfile.value()),
                hash != null,
                Math.max(user.updatedTime(), now),
                user.included());
        var after = new UserState(
                changed, change.email().present() ? change.email().map(EmailAddress::key) : emailKey, hash);
        return isSame(after) && !row.setsNewPassword() ? this : after;
    }

    /// The text of the hash that the user has after a row that sets a password; null if the row removes it.
    static @Nullable String hash(UserRow row) {
        var hash = row.hash().map(PasswordHash::text);
        return hash == null && row.setsNewPassword() ? NOT_HASHED : hash;
    }

    private @Nullable Long registeredTime(RegistrationState state, long now) {
        if (state == RegistrationState.UNREGISTERED) {
            return null;
        }
        return user.registeredTime() == null ? Long.valueOf(Math.max(user.updatedTime(), now)) : user.registeredTime();
    }

    private boolean isSame(UserState other) {
        return Objects.equals(user.name(), other.user.name())
                && Objects.equals(user.email(), other.user.email())
                && Objects.equals(user.telephone(), other.user.telephone())
                && user.flags().equals(other.user.flags())
                && Objects.equals(user.externalId(), other.user.externalId())
                && Objects.equals(user.registeredTime(), other.user.registeredTime())
                && Objects.equals(passwordHash, other.passwordHash)
                && user.defaultProfile().equals(other.user.defaultProfile());
    }
}
