package tv.roster.ids;

import java.util.Optional;
import java.util.UUID;

/// Names a profile of a user.
public record ProfileId(UUID value) {
    /// The id in a path or a document, or nothing where the text is no UUID of 36 characters.
    public static Optional<ProfileId> parse(String text) {
        return Ids.parse(text).map(ProfileId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
