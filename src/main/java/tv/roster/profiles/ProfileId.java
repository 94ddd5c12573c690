package tv.roster.profiles;

import java.util.Optional;
import java.util.UUID;
import tv.roster.jsonapi.ResourceId;

/// The id of a user's profile, made by the server.
public record ProfileId(UUID value) {
    /// Empty when it is no UUID of 36 characters, so that nothing can be found by it.
    public static Optional<ProfileId> parse(String id) {
        return ResourceId.parse(id).map(ProfileId::new);
    }
}
