package tv.roster.operations;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.Refusal;
import tv.roster.profiles.ProfileChange;
import tv.roster.users.PreparedChange;
import tv.roster.users.UserKey;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// One operation, read and checked. A resource that an earlier operation creates has no id yet: its `placeholder`
/// stands for it.
sealed interface Operation {
    record AddUser(@Nullable UUID placeholder, PreparedChange change) implements Operation {}

    /// `expected` is the id in the document if the user is addressed by its external id.
    record ChangeUser(
            UserKey key,
            PreparedChange change,
            ExpectedVersion version,
            @Nullable UserId expected) implements Operation {}

    record RemoveUser(
            UserKey key, ExpectedVersion version, @Nullable UserId expected) implements Operation {}

    record SetDefaultProfile(UserId user, ProfileId profile) implements Operation {}

    record AddProfile(@Nullable UUID placeholder, UserId user, ProfileChange change) implements Operation {}

    record ChangeProfile(ProfileId id, ProfileChange change) implements Operation {}

    record RemoveProfile(ProfileId id) implements Operation {}

    /// One that fails whatever the operations before it do.
    record Rejected(Refusal refusal) implements Operation {}
}
