package tv.roster.privacy;

import java.util.Optional;
import tv.roster.platform.sql.Statements;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Who is to be erased.
sealed interface ErasedUser {
    /// Someone who is a user, or was one, even if it was erased before.
    record ById(UserId id) implements ErasedUser {
        @Override
        public Optional<UserId> find(Statements statements, TenantId tenant) {
            return PersonTable.isKnown(statements, tenant, id) ? Optional.of(id) : Optional.empty();
        }
    }

    /// The user with this external id, or else the one who had it when it was deleted, the latest of several.
    record ByExternalId(ExternalId externalId) implements ErasedUser {
        @Override
        public Optional<UserId> find(Statements statements, TenantId tenant) {
            return PersonTable.find(statements, tenant, externalId);
        }
    }

    /// The user's id; empty if nobody is known.
    Optional<UserId> find(Statements statements, TenantId tenant);
}
