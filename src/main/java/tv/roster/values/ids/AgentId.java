package tv.roster.values.ids;

import java.util.Optional;
import java.util.UUID;

/// Identifies a support agent.
public record AgentId(UUID value) {
    /// Parses the id in a path or a document; empty if the text is not a UUID of 36 characters.
    public static Optional<AgentId> parse(String text) {
        return Ids.parse(text).map(AgentId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
