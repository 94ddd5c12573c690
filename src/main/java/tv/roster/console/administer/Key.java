package tv.roster.console.administer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A key as pages show it; times are epoch seconds, and null where there is none.
public record Key(
        String id,
        String name,
        String prefix,
        List<String> scopes,
        List<String> allowList,
        @Nullable Long expires,
        @Nullable Long lastUsed,
        @Nullable Long revoked,
        @Nullable Long formerUntil) {
    public Key {
        scopes = List.copyOf(scopes);
        allowList = List.copyOf(allowList);
    }

    static Key of(JsonNode resource) {
        var attributes = resource.path("attributes");
        return new Key(
                resource.path("id").asString(),
                attributes.path("name").asString(""),
                attributes.path("prefix").asString(""),
                Documents.texts(attributes.path("scopes")),
                Documents.texts(attributes.path("ip_allow_list")),
                Documents.time(attributes.path("expires_time")),
                Documents.time(attributes.path("last_used_time")),
                Documents.time(attributes.path("revoked_time")),
                Documents.time(attributes.path("former_secret_until")));
    }
}
