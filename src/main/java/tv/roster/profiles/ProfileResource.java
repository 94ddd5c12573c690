package tv.roster.profiles;

import java.util.Set;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.values.ids.ProfileId;

/// Writes the UserProfile resource.
public final class ProfileResource {
    /// The names allowed in `fields[UserProfile]`.
    public static final Set<String> FIELDS = Set.of("name", "is_child_profile", "age_limit", "is_default", "user");

    private ProfileResource() {}

    static String url(String base, Profile profile) {
        return base + "/user_profiles/" + profile.id();
    }

    public static void write(JsonWriter json, Profile profile, String base, Fieldsets fieldsets) {
        json.writeStartObject();
        json.writePlainProperty("type", Profile.TYPE);
        json.writeUuidProperty("id", profile.id().value());
        json.writeObjectPropertyStart("attributes");
        writeAttributes(json, profile, fieldsets);
        json.writeEndObject();
        if (fieldsets.has(Profile.TYPE, "user")) {
            writeUser(json, profile, base);
        }
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url(base, profile));
        json.writeEndObject();
        json.writeEndObject();
    }

    /// Writes the members of `attributes`.
    public static void writeAttributes(JsonWriter json, Profile profile, Fieldsets fieldsets) {
        if (fieldsets.has(Profile.TYPE, "name")) {
            json.writeStringProperty("name", profile.name());
        }
        if (fieldsets.has(Profile.TYPE, "is_child_profile")) {
            json.writeBooleanProperty("is_child_profile", profile.isChildProfile());
        }
        if (fieldsets.has(Profile.TYPE, "age_limit")) {
            Integer age = profile.ageLimit();
            json.writeNumberProperty("age_limit", age == null ? null : age.longValue());
        }
        if (fieldsets.has(Profile.TYPE, "is_default")) {
            json.writeBooleanProperty("is_default", profile.isDefault());
        }
    }

    private static void writeUser(JsonWriter json, Profile profile, String base) {
        json.writeObjectPropertyStart("relationships");
        json.writeObjectPropertyStart("user");
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("related", base + "/users/" + profile.user());
        json.writeEndObject();
        json.writeObjectPropertyStart("data");
        json.writePlainProperty("type", "User");
        json.writeUuidProperty("id", profile.user().value());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /// Writes a resource identifier object.
    public static void writeIdentifier(JsonWriter json, ProfileId profile) {
        json.writeStartObject();
        json.writePlainProperty("type", Profile.TYPE);
        json.writeUuidProperty("id", profile.value());
        json.writeEndObject();
    }
}
