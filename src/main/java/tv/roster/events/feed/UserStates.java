package tv.roster.events.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.json.Json;
import tv.roster.profiles.Profile;
import tv.roster.users.User;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The states of an event's user, and of its profile, as the event log has them.
///
/// @param before null if there was nothing before, or nothing of it is known
/// @param after  null after a deletion
record UserStates(
        FeedEvent event,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        @Nullable JsonNode user) {
    static UserStates of(FeedEvent event) {
        var after = json(event.after());
        return new UserStates(event, json(event.before()), after, event.state() == null ? after : json(event.state()));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The user after the change; null after its deletion, and for old events that have no such state.
    @Nullable
    User userAfter() {
        return user(user, event.user());
    }

    /// The user's version; null for old events that have none.
    @Nullable
    Long version() {
        if (event.version() > 0) {
            return (long) event.version();
        }
        var state = user == null ? before : user;
        return state != null && state.path("version").isNumber()
                ? Long.valueOf(state.path("version").asLong())
                : null;
    }

    @Nullable
    String externalId() {
        var state = user == null ? before : user;
        return state == null ? null : text(state, "external_id");
    }

    /// The id of the profile that the event is about.
    @Nullable
    ProfileId profileId() {
        var state = after == null ? before : after;
        var id = event.isOfProfile() && state != null ? text(state, "id") : null;
        return id == null ? null : new ProfileId(UUID.fromString(id));
    }

    /// The profile after the change; null after its deletion.
    @Nullable
    Profile profileAfter() {
        var id = profileId();
        if (id == null || after == null) {
            return null;
        }
        var owner = userAfter();
        return new Profile(
                id,
                event.user(),
                after.path("name").asString(),
                after.path("is_child_profile").asBoolean(),
                after.path("age_limit").isNumber() ? after.path("age_limit").asInt() : null,
                owner != null && owner.defaultProfile().equals(id));
    }

    private static @Nullable User user(@Nullable JsonNode state, UserId id) {
        var profile = state == null ? null : text(state, "default_user_profile");
        if (state == null || profile == null) {
            return null;
        }
        return new User(
                id,
                state.path("version").asInt(),
                text(state, "name"),
                state.path("user_flags").valueStream().map(JsonNode::asString).toList(),
                text(state, "email"),
                text(state, "telephone_number_E123"),
                state.path("registration_time").isNumber()
                        ? Long.valueOf(state.path("registration_time").asLong())
                        : null,
                text(state, "external_id"),
                new ProfileId(UUID.fromString(profile)),
                state.path("password_set").asBoolean(),
                0,
                List.of());
    }

    private static @Nullable String text(JsonNode state, String name) {
        return state.path(name).isString() ? state.path(name).asString() : null;
    }

    /// The dotted paths of the members that changed, as in the User or UserProfile resource; at a creation or a
    /// restoration, of all that have a value.
    List<String> changed() {
        return switch (EventKind.of(event.kind())) {
            case USER_CREATED, USER_UPDATED, USER_RESTORED -> changedOfUser();
            case USER_ACTIVATED ->
                List.of(
                        "registration_information.registration_state",
                        "registration_information.registration_time",
                        "user_password");
            case USER_PASSWORD_CHANGED -> List.of("user_password");
            case PROFILE_CREATED, PROFILE_UPDATED -> changedOfProfile();
            case null, default -> List.of();
        };
    }

    private List<String> changedOfUser() {
        var now = userAfter();
        var paths = new ArrayList<String>();
        if (now == null) {
            return paths;
        }
        var was = user(before, event.user());
        add(paths, "name", was == null ? null : was.name(), now.name());
        add(paths, "user_flags", was == null ? List.of() : was.flags(), now.flags());
        add(paths, "contact_details.email", was == null ? null : was.email(), now.email());
        add(paths, "contact_details.telephone_number_E123", was == null ? null : was.telephone(), now.telephone());
        add(paths, "registration_information.registration_state", was == null ? null : was.state(), now.state());
        add(
                paths,
                "registration_information.registration_time",
                was == null ? null : was.registeredTime(),
                now.registeredTime());
        add(paths, "external_id", was == null ? null : was.externalId(), now.externalId());
        add(paths, "default_user_profile", was == null ? null : was.defaultProfile(), now.defaultProfile());
        boolean sets = after != null && after.path("password_changed").asBoolean(false);
        if (sets || now.passwordSet() != (was != null && was.passwordSet())) {
            paths.add("user_password");
        }
        return paths;
    }

    private List<String> changedOfProfile() {
        var paths = new ArrayList<String>();
        if (after != null) {
            for (var name : List.of("name", "is_child_profile", "age_limit")) {
                add(paths, name, value(before, name), value(after, name));
            }
        }
        return paths;
    }

    private static @Nullable JsonNode value(@Nullable JsonNode state, String name) {
        var value = state == null ? null : state.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static void add(List<String> paths, String path, @Nullable Object was, @Nullable Object now) {
        if (!Objects.equals(was, now)) {
            paths.add(path);
        }
    }
}
