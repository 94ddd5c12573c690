package tv.roster.agents.values;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tv.roster.access.Scope;

/// What an agent may do. Each role includes what the ones before it have.
public enum Role {
    /// Looks at subscribers and their events.
    VIEWER,
    /// Also changes subscribers.
    AGENT,
    /// Also imports, manages webhooks, exports and erases personal data.
    MANAGER,
    /// Also manages keys, allow-lists, agents and settings.
    ADMINISTRATOR;

    /// The scopes of calls that an agent with this role makes.
    public Set<Scope> scopes() {
        var scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(values()).filter(role -> role.compareTo(this) <= 0).forEach(role -> scopes.addAll(role.added()));
        return scopes;
    }

    private Set<Scope> added() {
        return switch (this) {
            case VIEWER -> Set.of(Scope.USERS_READ, Scope.EVENTS_READ);
            case AGENT -> Set.of(Scope.USERS_WRITE);
            case MANAGER -> Set.of(Scope.BULK, Scope.WEBHOOKS, Scope.PRIVACY);
            case ADMINISTRATOR -> Set.of(Scope.ADMIN);
        };
    }

    public static Optional<Role> named(String word) {
        return Arrays.stream(values()).filter(role -> role.name().equals(word)).findFirst();
    }
}
