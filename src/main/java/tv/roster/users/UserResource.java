package tv.roster.users;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.jsonapi.Fieldsets;
import tv.roster.jsonapi.JsonWriter;
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

    private final JsonWriter json;
    private final String base;
    /// The address of the user that is being written, of which only the end is new each time.
    private final byte[] self;
    private final Fieldsets fieldsets;
    private final boolean listsProfiles;
    private final @Nullable Set<String> fields;

    /// `base` is the absolute address that all resources of the API begin with.
    UserResource(JsonWriter json, String base, Fieldsets fieldsets, boolean listsProfiles) {
        this.json = json;
        this.base = base;
        var users = base + "/users/";
        this.self = Arrays.copyOf(users.getBytes(StandardCharsets.US_ASCII), users.length() + JsonWriter.UUID_LENGTH);
        this.fieldsets = fieldsets;
        this.listsProfiles = listsProfiles;
        this.fields = fieldsets.of(UserReader.TYPE);
    }

    static String url(String base, User user) {
        return base + "/users/" + user.id();
    }

    void write(User user) {
        JsonWriter.putUuid(user.id().value(), self, self.length - JsonWriter.UUID_LENGTH);
        json.writeStartObject();
        json.writePlainProperty("type", UserReader.TYPE);
        json.writeUuidProperty("id", user.id().value());
        writeAttributes(user);
        writeRelationships(user);
        json.writeObjectPropertyStart("links");
        json.writePlainProperty("self", self, "");
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
        json.writeEndObject();
    }

    private void writeRelationships(User user) {
        if (!has("default_user_profile") && !has("user_profiles")) {
            return;
        }
        json.writeObjectPropertyStart("relationships");
        if (has("default_user_profile")) {
            json.writeObjectPropertyStart("default_user_profile");
            writeLinks("/relationships/default_user_profile", "/default_user_profile");
            json.writeName("data");
            ProfileResource.writeIdentifier(json, user.defaultProfile());
            json.writeEndObject();
        }
        if (has("user_profiles")) {
            json.writeObjectPropertyStart("user_profiles");
            writeLinks("/relationships/user_profiles", "/user_profiles");
            if (listsProfiles) {
                json.writeArrayPropertyStart("data");
                user.included().forEach(profile -> ProfileResource.writeIdentifier(json, profile.id()));
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeLinks(String linkage, String related) {
        json.writeObjectPropertyStart("links");
        json.writePlainProperty("self", self, linkage);
        json.writePlainProperty("related", self, related);
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
