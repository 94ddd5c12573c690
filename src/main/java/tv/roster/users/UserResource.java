package tv.roster.users;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tv.roster.jsonapi.Fieldsets;
import tv.roster.profiles.ProfileResource;

/// Writes the User resource, from row to JSON without anything between.
final class UserResource {
    static final Set<String> FIELDS = Set.of(
            "name",
            "user_flags",
            "contact_details",
            "registration_information",
            "external_id",
            "default_user_profile",
            "user_profiles");

    private final JsonGenerator json;
    private final String base;
    private final Fieldsets fieldsets;
    private final boolean listsProfiles;
    private final @Nullable Set<String> fields;

    /// `base` is the absolute address that all resources of the API begin with.
    UserResource(JsonGenerator json, String base, Fieldsets fieldsets, boolean listsProfiles) {
        this.json = json;
        this.base = base;
        this.fieldsets = fieldsets;
        this.listsProfiles = listsProfiles;
        this.fields = fieldsets.of(UserReader.TYPE);
    }

    static String url(String base, User user) {
        return base + "/users/" + user.id();
    }

    void write(User user) {
        var id = user.id().toString();
        var self = base + "/users/" + id;
        json.writeStartObject();
        json.writeStringProperty("type", UserReader.TYPE);
        json.writeStringProperty("id", id);
        writeAttributes(user);
        writeRelationships(user, self);
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", self);
        json.writeEndObject();
        writeMeta(user);
        json.writeEndObject();
    }

    /// Writes the profiles that came with the user as included resources.
    void writeIncluded(User user) {
        for (var profile : user.included()) {
            ProfileResource.write(json, profile, base, fieldsets);
        }
    }

    private boolean has(String field) {
        return fields == null || fields.contains(field);
    }

    private void writeAttributes(User user) {
        json.writeObjectPropertyStart("attributes");
        if (has("name")) {
            text("name", user.name());
        }
        if (has("user_flags")) {
            json.writeArrayPropertyStart("user_flags");
            user.flags().forEach(json::writeString);
            json.writeEndArray();
        }
        if (has("contact_details")) {
            json.writeObjectPropertyStart("contact_details");
            text("email", user.email());
            text("telephone_number_E123", user.telephone());
            json.writeEndObject();
        }
        if (has("registration_information")) {
            json.writeObjectPropertyStart("registration_information");
            json.writeStringProperty("registration_state", user.state().name());
            if (user.registeredTime() == null) {
                json.writeNullProperty("registration_time");
            } else {
                json.writeNumberProperty("registration_time", user.registeredTime());
            }
            json.writeEndObject();
        }
        if (has("external_id")) {
            text("external_id", user.externalId());
        }
        json.writeEndObject();
    }

    private void text(String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    private void writeRelationships(User user, String self) {
        if (!has("default_user_profile") && !has("user_profiles")) {
            return;
        }
        json.writeObjectPropertyStart("relationships");
        if (has("default_user_profile")) {
            json.writeObjectPropertyStart("default_user_profile");
            writeLinks(self, "default_user_profile");
            json.writeName("data");
            ProfileResource.writeIdentifier(json, user.defaultProfile());
            json.writeEndObject();
        }
        if (has("user_profiles")) {
            json.writeObjectPropertyStart("user_profiles");
            writeLinks(self, "user_profiles");
            if (listsProfiles) {
                json.writeArrayPropertyStart("data");
                user.included().forEach(profile -> ProfileResource.writeIdentifier(json, profile.id()));
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeLinks(String self, String relationship) {
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", self + "/relationships/" + relationship);
        json.writeStringProperty("related", self + "/" + relationship);
        json.writeEndObject();
    }

    private void writeMeta(User user) {
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
