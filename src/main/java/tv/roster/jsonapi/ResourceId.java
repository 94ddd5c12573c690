package tv.roster.jsonapi;

import java.util.Optional;
import java.util.UUID;

/// Reads the `id` of a resource, which is a UUID in the 36 characters of RFC 9562, in either case.
public final class ResourceId {
    private ResourceId() {}

    /// Empty when it is no such UUID: nothing can have that id. (`UUID.fromString` takes `1-1-1-1-1` as well.)
    public static Optional<UUID> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        for (int at = 0; at < 36; at++) {
            boolean hyphen = at == 8 || at == 13 || at == 18 || at == 23;
            if (hyphen ? text.charAt(at) != '-' : !isHexDigit(text.charAt(at))) {
                return Optional.empty();
            }
        }
        return Optional.of(UUID.fromString(text));
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
