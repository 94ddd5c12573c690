package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies a profile of a user.
public record ProfileId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<ProfileId> parse(String text) {
        return Ids.parse(text).map(ProfileId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
