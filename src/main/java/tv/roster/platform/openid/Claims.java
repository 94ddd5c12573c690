package tv.roster.platform.openid;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the provider says of a person (OpenID Connect Core 1.0, section 5.1): the claims of the ID token, then those of
/// the UserInfo endpoint that the ID token does not have.
public final class Claims {
    private final Map<String, Object> values;

    Claims(Map<String, Object> ofIdToken, Map<String, Object> ofUserInfo) {
        values = new LinkedHashMap<>(ofUserInfo);
        values.putAll(ofIdToken);
    }

    /// The person's identifier at the provider, which never changes.
    public String subject() {
        return text("sub").orElseThrow();
    }

    /// A claim that is a text.
    public Optional<String> text(String name) {
        return values.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /// Whether a claim is true. Some providers write a text.
    public boolean isTrue(String name) {
        var value = values.get(name);
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }

    /// The texts of a claim that is a text or an array of texts; none if there is no such claim.
    ///
    /// @param name of the claim, or the way to a member within one, such as `realm_access.roles`
    public List<String> texts(String name) {
        return texts(values.containsKey(name) ? values.get(name) : member(values, name));
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case String text -> List.of(text);
            case Collection<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    private static @Nullable Object member(Map<?, ?> object, String way) {
        int dot = way.indexOf('.');
        if (dot < 0) {
            return object.get(way);
        }
        return object.get(way.substring(0, dot)) instanceof Map<?, ?> inner
                ? member(inner, way.substring(dot + 1))
                : null;
    }

    @Override
    public String toString() {
        return "Claims[***]";
    }
}
