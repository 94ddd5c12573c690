package tv.roster.deletion;

import org.jspecify.annotations.Nullable;

/// Which deleted users are requested; null means no restriction, and both restrictions must hold.
///
/// @param deletedSince in epoch seconds
record DeletedUserFilter(
        String @Nullable [] externalIds, @Nullable Long deletedSince) {}
