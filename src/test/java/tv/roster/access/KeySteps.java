package tv.roster.access;

import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import tv.roster.access.allowlist.AllowList;
import tv.roster.values.ids.ApiKeyId;

/// The check of an API key, as each request has it: for micro-benchmarks, and for the guard on what it allocates.
public final class KeySteps {
    private static final long NOW = 1_760_000_000L;

    private final ApiKeySecret secret = ApiKeySecret.random();
    private final KnownKey key = new KnownKey(
            new ApiKeyId(new UUID(1, 2)),
            null,
            "test",
            secret.prefix(),
            secret.hash(),
            null,
            0,
            EnumSet.allOf(Scope.class),
            AllowList.EVERYONE,
            null,
            List.of());

    /// From the text of a header to whether it opens the key.
    public boolean checkKey() {
        return ApiKeySecret.parse(secret.value())
                .filter(sent -> key.isOpenedBy(sent, NOW))
                .isPresent();
    }
}
