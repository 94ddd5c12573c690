package tv.roster.users;

import tv.roster.users.values.ExternalId;
import tv.roster.values.ids.UserId;

/// How a call addresses a user: by Roster's id, or by the BSS's own.
public sealed interface UserKey {
    record ById(UserId id) implements UserKey {}

    record ByExternalId(ExternalId externalId) implements UserKey {}

    default boolean isExternal() {
        return switch (this) {
            case ById key -> false;
            case ByExternalId key -> true;
        };
    }

    /// The value that the key's column is compared with.
    default Object parameter() {
        return switch (this) {
            case ById key -> key.id().value();
            case ByExternalId key -> key.externalId().value();
        };
    }
}
