package tv.roster.users.bulk;

import org.jspecify.annotations.Nullable;
import tv.roster.credentials.hashing.PasswordHash;
import tv.roster.users.UserChange;
import tv.roster.users.values.ExternalId;
import tv.roster.values.Sent;
import tv.roster.values.ids.UserId;

/// One row: which user it means, and what it wants of it.
///
/// @param number  its place among the rows, from 0
/// @param id      the user's id; null if the external id decides
/// @param hash    the hash of the password that it sets, imported or made from the one in `change`; absent if it sets
///                none, null if it removes the password. In a rehearsal, a password in clear text is not hashed
public record UserRow(int number, @Nullable UserId id, UserChange change, Sent<PasswordHash> hash) {
    @Nullable
    String externalId() {
        return change.externalId().map(ExternalId::value);
    }

    /// Whether the row sets or removes the password.
    boolean setsPassword() {
        return hash.present() || change.password().present();
    }

    /// Whether the row has a password in clear text: hashed with a new salt, it is always a change.
    public boolean setsNewPassword() {
        return change.password().value() != null;
    }

    /// The same with the hash of its password.
    public UserRow hashed(PasswordHash made) {
        return new UserRow(number, id, change, Sent.of(made));
    }
}
