package tv.roster.users;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.profiles.Profile;
import tv.roster.users.values.RegistrationState;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// A user as it is stored; its values were checked when they were written. Times are in epoch seconds.
public record User(
        UserId id,
        int version,
        @Nullable String name,
        List<String> flags,
        @Nullable String email,
        @Nullable String telephone,
        @Nullable Long registeredTime,
        @Nullable String externalId,
        ProfileId defaultProfile,
        boolean passwordSet,
        long updatedTime,
        List<Profile> included) {
    /// Derived from the id, which contains it.
    public long createdTime() {
        return Ids.epochSecond(id.value());
    }

    public RegistrationState state() {
        return registeredTime == null ? RegistrationState.UNREGISTERED : RegistrationState.REGISTERED;
    }

    /// The entity tag of the user without included resources.
    public String etag() {
        return "\"" + version + "\"";
    }
}
