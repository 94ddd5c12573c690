package tv.roster.users;

import java.util.Optional;
import java.util.UUID;
import tv.roster.jsonapi.ResourceId;

/// The id of a user, made by the server.
public record UserId(UUID value) {
    /// Empty when it is no UUID of 36 characters, so that nothing can be found by it.
    public static Optional<UserId> parse(String id) {
        return ResourceId.parse(id).map(UserId::new);
    }
}
