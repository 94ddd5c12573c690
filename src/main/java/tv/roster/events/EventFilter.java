package tv.roster.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which events are asked for: a null says nothing, and all that is said has to hold.
///
/// @param keys   the event was made with one of them, or is about one
/// @param since  the first id that is not too early
/// @param until  the first id that is too late
record EventFilter(
        UUID @Nullable [] tenants,
        UUID @Nullable [] users,
        UUID @Nullable [] keys,
        String @Nullable [] kinds,
        @Nullable UUID since,
        @Nullable UUID until) {}
