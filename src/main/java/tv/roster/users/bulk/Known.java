package tv.roster.users.bulk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tv.roster.users.User;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The users that rows meet, as the rows so far have left them, and who has the unique values that rows want.
final class Known {
    private final Map<UserId, UserState> users = new HashMap<>();
    private final Map<String, UserId> emails = new HashMap<>();
    private final Map<String, UserId> externalIds = new HashMap<>();
    private final Map<UserId, List<ProfileId>> profiles = new HashMap<>();

    void add(UserState state) {
        users.put(state.user().id(), state);
        holds(state.user().id(), state.emailKey(), state.user().externalId());
    }

    /// A user that has these values; null for none.
    void holds(UserId user, @Nullable String emailKey, @Nullable String externalId) {
        if (emailKey != null) {
            emails.put(emailKey, user);
        }
        if (externalId != null) {
            externalIds.put(externalId, user);
        }
    }

    void profiles(UserId user, List<ProfileId> all) {
        profiles.put(user, all);
    }

    @Nullable
    UserState user(UserId id) {
        return users.get(id);
    }

    @Nullable
    UserId byEmail(@Nullable String key) {
        return key == null ? null : emails.get(key);
    }

    @Nullable
    UserId byExternalId(@Nullable String externalId) {
        return externalId == null ? null : externalIds.get(externalId);
    }

    /// The user's profiles; only the default one unless all were looked up.
    List<ProfileId> profiles(User user) {
        return profiles.getOrDefault(user.id(), List.of(user.defaultProfile()));
    }

    /// The user as a row has changed or created it; what it gives up is free.
    void replace(@Nullable UserState before, UserState after) {
        if (before != null) {
            free(emails, before.emailKey(), before.user().id());
            free(externalIds, before.user().externalId(), before.user().id());
        }
        add(after);
    }

    private static void free(Map<String, UserId> values, @Nullable String value, UserId user) {
        if (value != null && Objects.equals(values.get(value), user)) {
            values.remove(value);
        }
    }
}
