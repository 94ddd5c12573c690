package tv.roster.operations;

import tv.roster.users.UserKey;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// What an operation is about, as its `ref` or `href` says.
sealed interface Target {
    /// All users: where a new one is added.
    record AllUsers() implements Target {}

    /// The profiles of a user: where a new one is added.
    record ProfilesOf(UserId user) implements Target {}

    record OneUser(UserKey key) implements Target {}

    record OneProfile(ProfileId id) implements Target {}

    record DefaultProfileOf(UserId user) implements Target {}

    /// A relationship that operations do not change.
    record OtherRelationship() implements Target {}

    /// Only the operation's `data` says it.
    record OfData() implements Target {}
}
