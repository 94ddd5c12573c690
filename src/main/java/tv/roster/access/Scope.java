package tv.roster.access;

import java.util.Arrays;
import java.util.Optional;
import tv.roster.platform.http.Demand;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// What a key can be used for. Each route demands a scope.
public enum Scope implements Demand<Caller> {
    USERS_READ("users:read"),
    USERS_WRITE("users:write"),
    CREDENTIALS_VERIFY("credentials:verify"),
    BULK("bulk"),
    EVENTS_READ("events:read"),
    WEBHOOKS("webhooks"),
    PRIVACY("privacy"),
    ADMIN("admin");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /// The scope as written in keys and documents, such as `users:read`.
    public String word() {
        return word;
    }

    public static Optional<Scope> named(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    /// `admin` alone is for the installation: administrators of a tenant get only as far as
    /// [Administration#OF_OWN_TENANT] lets them.
    @Override
    public void check(Caller caller) {
        require(caller);
        if (this == ADMIN && caller.identity().tenant() != null) {
            throw new Refusal(
                    ErrorCode.OPERATION_NOT_SUPPORTED,
                    "This belongs to the installation; an administrator of a tenant cannot do it.");
        }
    }

    /// Refuses a caller that does not have the scope.
    void require(Caller caller) {
        if (!caller.identity().scopes().contains(this)) {
            throw new Refusal(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "This call needs " + (caller.identity() instanceof KnownKey ? "a key" : "a role")
                            + " with the scope " + word + ".");
        }
    }
}
