package tv.roster.operations;

import tv.roster.profiles.Profile;
import tv.roster.users.User;
import tv.roster.values.ids.ProfileId;

/// What an operation has made of its resource.
sealed interface Outcome {
    record OfUser(User user) implements Outcome {}

    record OfProfile(Profile profile) implements Outcome {}

    /// The user's default profile is this one now.
    record OfDefaultProfile(ProfileId profile) implements Outcome {}

    enum Removed implements Outcome {
        REMOVED
    }
}
