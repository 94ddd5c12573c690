package tv.roster.activation;

import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.UserId;
import tv.roster.values.languages.Language;

/// Which link is wanted: whose, of which kind, and how it is delivered; `language` is null for the tenant's. If
/// `generation` is not null, no link is made once anything has ended the user's links since it was read.
record LinkRequest(
        UserId user,
        LinkKind kind,
        Delivery delivery,
        @Nullable Language language,
        @Nullable Integer generation) {}
