package tv.roster.access;

import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.AgentId;
import tv.roster.work.Author;

/// A support agent who has signed in at the console, and works with the data of `tenant`, or with the installation.
///
/// @param signedIn whether the session still is in force, for calls that take long
public record KnownAgent(AgentId id, @Nullable KnownTenant tenant, Set<Scope> scopes, BooleanSupplier signedIn)
        implements Identity {
    public KnownAgent {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public UUID party() {
        return id.value();
    }

    @Override
    public Author author(String address, String requestId) {
        return Author.agent(id, address, requestId);
    }
}
