package tv.roster.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.work.Author;

/// Who calls: a program with its key, or a support agent at the console.
public sealed interface Identity permits KnownKey, KnownAgent {
    /// The tenant whose data the caller works with; null for the installation itself.
    @Nullable
    KnownTenant tenant();

    Set<Scope> scopes();

    /// By which the work that the caller causes is counted.
    UUID party();

    Author author(String address, String requestId);
}
