package tv.roster.users.v4;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.json.JsonPattern;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.profiles.Profile;
import tv.roster.profiles.ProfileResource;
import tv.roster.users.User;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The part of a User resource that depends only on its two ids: its relationships and links, more than half of its
/// bytes. Written once, and then copied with the ids replaced.
final class UserResourceLinks {
    /// Random, so that they cannot occur in the host name of a request.
    private static final UUID USER = UUID.randomUUID();
    private static final UUID PROFILE = UUID.randomUUID();

    /// The last one used for complete users: nearly always the next one as well.
    private static volatile @Nullable UserResourceLinks latest;

    private final String base;
    private final JsonPattern pattern;

    private UserResourceLinks(String base, Fieldsets fieldsets) {
        this.base = base;
        this.pattern = JsonPattern.of(
                json -> write(json, base, fieldsets, new UserId(USER), new ProfileId(PROFILE), null), USER, PROFILE);
    }

    /// `base` is the absolute address with which the links of all resources begin.
    static UserResourceLinks of(String base, Fieldsets fieldsets) {
        if (!fieldsets.equals(Fieldsets.ALL)) {
            return new UserResourceLinks(base, fieldsets);
        }
        var known = latest;
        if (known == null || !known.base.equals(base)) {
            known = new UserResourceLinks(base, fieldsets);
            latest = known;
        }
        return known;
    }

    void write(JsonWriter json, User user) {
        json.writeMembers(pattern, user.id().value(), user.defaultProfile().value());
    }

    /// The same members, with `profiles` as resource linkage if there are any.
    static void write(
            JsonWriter json,
            String base,
            Fieldsets fieldsets,
            UserId user,
            ProfileId defaultProfile,
            @Nullable List<Profile> profiles) {
        var self = base + "/users/" + user;
        boolean hasDefault = fieldsets.has(UserReader.TYPE, "default_user_profile");
        boolean hasAll = fieldsets.has(UserReader.TYPE, "user_profiles");
        if (hasDefault || hasAll) {
            json.writeObjectPropertyStart("relationships");
            if (hasDefault) {
                json.writeObjectPropertyStart("default_user_profile");
                writeLinks(json, self, "default_user_profile");
                json.writeName("data");
                ProfileResource.writeIdentifier(json, defaultProfile);
                json.writeEndObject();
            }
            if (hasAll) {
                json.writeObjectPropertyStart("user_profiles");
                writeLinks(json, self, "user_profiles");
                writeLinkage(json, profiles);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", self);
        json.writeEndObject();
    }

    private static void writeLinks(JsonWriter json, String self, String relationship) {
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", self + "/relationships/" + relationship);
        json.writeStringProperty("related", self + "/" + relationship);
        json.writeEndObject();
    }

    private static void writeLinkage(JsonWriter json, @Nullable List<Profile> profiles) {
        if (profiles != null) {
            json.writeArrayPropertyStart("data");
            profiles.forEach(profile -> ProfileResource.writeIdentifier(json, profile.id()));
            json.writeEndArray();
        }
    }
}
