package tv.roster.activation;

import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.UserId;
import tv.roster.values.languages.Language;

/// A request for a link. Without `language`, the tenant's language is used. With `generation`, a link is created
/// only if the user's links have not been ended since the generation was read.
record LinkRequest(
        UserId user,
        LinkKind kind,
        Delivery delivery,
        @Nullable Language language,
        @Nullable Integer generation) {}
