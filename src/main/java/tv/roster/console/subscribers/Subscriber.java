package tv.roster.console.subscribers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A subscriber as pages show one: a resource object of type `User`. Texts are empty where there is none; times are in
/// epoch seconds.
public record Subscriber(
        String id,
        String name,
        String email,
        String telephone,
        String externalId,
        List<String> flags,
        boolean isRegistered,
        @Nullable Long registeredTime,
        boolean hasPassword,
        long createdTime,
        long updatedTime,
        long version) {
    static final String LOGIN_RESTRICTED = "LOGIN_RESTRICTED";

    public Subscriber {
        flags = List.copyOf(flags);
    }

    static Subscriber of(JsonNode user) {
        var attributes = user.path("attributes");
        var contact = attributes.path("contact_details");
        var registration = attributes.path("registration_information");
        var meta = user.path("meta");
        var time = registration.path("registration_time");
        return new Subscriber(
                user.path("id").asString(),
                text(attributes, "name"),
                text(contact, "email"),
                text(contact, "telephone_number_E123"),
                text(attributes, "external_id"),
                attributes
                        .path("user_flags")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList(),
                registration.path("registration_state").asString("").equals("REGISTERED"),
                time.isNumber() ? time.asLong() : null,
                meta.path("security").path("password_set").asBoolean(false),
                meta.path("created_time").asLong(0),
                meta.path("updated_time").asLong(0),
                meta.path("version").asLong(0));
    }

    private static String text(JsonNode object, String member) {
        var value = object.path(member);
        return value.isString() ? value.asString() : "";
    }

    /// What the subscriber is called on pages: the name, or what else is known.
    public String title() {
        return !name.isBlank() ? name : !email.isEmpty() ? email : !externalId.isEmpty() ? externalId : "No name";
    }

    public boolean isSuspended() {
        return flags.contains(LOGIN_RESTRICTED);
    }

    /// The flags other than the one for suspended subscribers.
    public List<String> otherFlags() {
        return flags.stream().filter(flag -> !flag.equals(LOGIN_RESTRICTED)).toList();
    }

    @Override
    public String toString() {
        return "Subscriber[" + id + "]";
    }
}
