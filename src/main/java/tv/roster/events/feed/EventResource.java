package tv.roster.events.feed;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.profiles.Profile;
import tv.roster.profiles.ProfileResource;
import tv.roster.users.User;
import tv.roster.users.v4.UserResource;
import tv.roster.values.text.Timestamps;

/// Writes the Event resource. Its `user` has the attributes of the User resource, written by the same code.
public final class EventResource {
    public static final String TYPE = "Event";

    private static final UserResource USER = new UserResource("", Fieldsets.ALL, false);

    private EventResource() {}

    public static void write(JsonWriter json, FeedEvent event) {
        var states = UserStates.of(event);
        json.writeStartObject();
        json.writePlainProperty("type", TYPE);
        json.writeUuidProperty("id", event.id());
        json.writeObjectPropertyStart("attributes");
        json.writePlainProperty("kind", event.kind());
        json.writePlainProperty("time", Timestamps.text(event.time().toInstant()));
        json.writeUuidProperty("user_id", event.user().value());
        json.writeStringProperty("external_id", states.externalId());
        json.writeNumberProperty("version", states.version());
        json.writeArrayPropertyStart("changed");
        states.changed().forEach(json::writeString);
        json.writeEndArray();
        writeActor(json, event);
        writeUser(json, states.userAfter());
        if (event.isOfProfile()) {
            var profile = states.profileId();
            json.writeStringProperty("profile_id", profile == null ? null : profile.toString());
            writeProfile(json, states.profileAfter());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeActor(JsonWriter json, FeedEvent event) {
        if (event.importId() != null) {
            writeActor(json, "IMPORT", event.importId());
        } else if (event.apiKey() != null) {
            writeActor(json, "KEY", event.apiKey());
        } else if (event.agent() != null) {
            writeActor(json, "AGENT", event.agent());
        } else if (event.fromClient()) {
            writeActor(json, "SUBSCRIBER", event.user().value());
        } else {
            writeActor(json, "SYSTEM", null);
        }
    }

    private static void writeActor(JsonWriter json, String kind, @Nullable UUID id) {
        json.writeObjectPropertyStart("actor");
        json.writePlainProperty("kind", kind);
        json.writeStringProperty("id", id == null ? null : id.toString());
        json.writeEndObject();
    }

    private static void writeUser(JsonWriter json, @Nullable User user) {
        if (user == null) {
            json.writeNullProperty("user");
        } else {
            json.writeObjectPropertyStart("user");
            USER.writeAttributes(json, user);
            json.writeEndObject();
        }
    }

    private static void writeProfile(JsonWriter json, @Nullable Profile profile) {
        if (profile == null) {
            json.writeNullProperty("profile");
        } else {
            json.writeObjectPropertyStart("profile");
            ProfileResource.writeAttributes(json, profile, Fieldsets.ALL);
            json.writeEndObject();
        }
    }
}
