package tv.roster.users.v4;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.profiles.ProfileResource;
import tv.roster.users.User;

/// Writes the User resource, directly from the row to JSON.
public final class UserResource {
    public static final Set<String> FIELDS = Set.of(
            "name",
            "user_flags",
            "contact_details",
            "registration_information",
            "external_id",
            "default_user_profile",
            "user_profiles");

    private final String base;
    private final Fieldsets fieldsets;
    /// Null if the profiles are listed, since the links then differ in more than the ids.
    private final @Nullable UserResourceLinks links;
    private final @Nullable Set<String> fields;

    /// `base` is the absolute address with which the links of all resources begin.
    public UserResource(String base, Fieldsets fieldsets, boolean listsProfiles) {
        this.base = base;
        this.fieldsets = fieldsets;
        this.fields = fieldsets.of(UserReader.TYPE);
        this.links = listsProfiles ? null : UserResourceLinks.of(base, fieldsets);
    }

    static String url(String base, User user) {
        return base + "/users/" + user.id();
    }

    public void write(JsonWriter json, User user) {
        json.writeStartObject();
        json.writePlainProperty("type", UserReader.TYPE);
        json.writeUuidProperty("id", user.id().value());
        json.writeObjectPropertyStart("attributes");
        writeAttributes(json, user);
        json.writeEndObject();
        if (links == null) {
            UserResourceLinks.write(json, base, fieldsets, user.id(), user.defaultProfile(), user.included());
        } else {
            links.write(json, user);
        }
        writeMeta(json, user);
        json.writeEndObject();
    }

    /// Writes the profiles of these users as included resources.
    Consumer<JsonWriter> included(List<User> users) {
        return json -> {
            json.writeStartArray();
            for (var user : users) {
                for (var profile : user.included()) {
                    ProfileResource.write(json, profile, base, fieldsets);
                }
            }
            json.writeEndArray();
        };
    }

    private boolean has(String field) {
        return fields == null || fields.contains(field);
    }

    /// Writes the members of `attributes`.
    public void writeAttributes(JsonWriter json, User user) {
        if (has("name")) {
            json.writeStringProperty("name", user.name());
        }
        if (has("user_flags")) {
            json.writeArrayPropertyStart("user_flags");
            user.flags().forEach(json::writeString);
            json.writeEndArray();
        }
        if (has("contact_details")) {
            json.writeObjectPropertyStart("contact_details");
            json.writeStringProperty("email", user.email());
            json.writeStringProperty("telephone_number_E123", user.telephone());
            json.writeEndObject();
        }
        if (has("registration_information")) {
            json.writeObjectPropertyStart("registration_information");
            json.writePlainProperty("registration_state", user.state().name());
            json.writeNumberProperty("registration_time", user.registeredTime());
            json.writeEndObject();
        }
        if (has("external_id")) {
            json.writeStringProperty("external_id", user.externalId());
        }
    }

    private void writeMeta(JsonWriter json, User user) {
        json.writeObjectPropertyStart("meta");
        json.writeObjectPropertyStart("security");
        json.writeBooleanProperty("password_set", user.passwordSet());
        json.writeEndObject();
        json.writeNumberProperty("created_time", user.createdTime());
        json.writeNumberProperty("updated_time", user.updatedTime());
        json.writeNumberProperty("version", user.version());
        json.writeEndObject();
    }
}
