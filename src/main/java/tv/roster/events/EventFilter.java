package tv.roster.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.TenantId;

/// Which events are requested; null means no restriction, and all restrictions must hold.
///
/// @param keys  the event was caused by one of them, or is about one
/// @param agents the event was caused by one of them
/// @param since the first id that is not too early
/// @param until the first id that is too late
record EventFilter(
        UUID @Nullable [] tenants,
        UUID @Nullable [] users,
        UUID @Nullable [] keys,
        UUID @Nullable [] agents,
        String @Nullable [] kinds,
        @Nullable UUID since,
        @Nullable UUID until) {
    /// The same for a caller who sees one tenant only, whichever it asked for; null for one that sees all.
    EventFilter within(@Nullable TenantId tenant) {
        return tenant == null
                ? this
                : new EventFilter(new UUID[] {tenant.value()}, users, keys, agents, kinds, since, until);
    }
}
