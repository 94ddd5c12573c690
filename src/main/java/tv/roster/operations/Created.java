package tv.roster.operations;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.profiles.ProfileChange;
import tv.roster.users.UserChange;
import tv.roster.users.UserKey;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The ids of what the operations of one call have created so far, by their placeholders. Ids are generated with the
/// rows, and not when the call is read, since they contain the time of creation.
final class Created {
    private final Map<UUID, UUID> ids = new HashMap<>();

    void put(@Nullable UUID placeholder, UUID id) {
        if (placeholder != null) {
            ids.put(placeholder, id);
        }
    }

    private UUID id(UUID idOrPlaceholder) {
        return ids.getOrDefault(idOrPlaceholder, idOrPlaceholder);
    }

    UserId user(UserId id) {
        return new UserId(id(id.value()));
    }

    @Nullable
    UserId userOrNull(@Nullable UserId id) {
        return id == null ? null : user(id);
    }

    ProfileId profile(ProfileId id) {
        return new ProfileId(id(id.value()));
    }

    UserKey key(UserKey key) {
        return switch (key) {
            case UserKey.ById(UserId id) -> new UserKey.ById(user(id));
            case UserKey.ByExternalId external -> external;
        };
    }

    UserChange in(UserChange change) {
        var profile = change.defaultProfile().value();
        return profile == null ? change : change.withDefaultProfile(profile(profile));
    }

    ProfileChange in(ProfileChange change) {
        var user = change.user().value();
        return user == null ? change : change.withUser(user(user));
    }
}
