package tv.roster.console.subscribers;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.roster.platform.http.Form;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.text.Text;

/// What an agent can write about a subscriber, as the fields of a form have it. An empty text means that there is none.
///
/// @param flags the flags that are set, without the one for suspended subscribers
public record UserForm(
        String name, String email, String telephone, String externalId, boolean isRegistered, List<String> flags) {
    /// The names of the fields, by the places of the members.
    static final Map<String, String> FIELDS = fields();

    static final UserForm EMPTY = new UserForm("", "", "", "", false, List.of());

    private static final String FLAG = "flag_";
    private static final String SET = "yes";

    public UserForm {
        flags = List.copyOf(flags);
    }

    private static Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("/data/attributes/name", "name");
        fields.put("/data/attributes/contact_details/email", "email");
        fields.put("/data/attributes/contact_details/telephone_number_E123", "telephone");
        fields.put("/data/attributes/external_id", "external_id");
        fields.put("/data/attributes/user_flags", "flags");
        fields.put("/data/attributes/registration_information", "registered");
        return fields;
    }

    static UserForm of(Subscriber subscriber) {
        return new UserForm(
                subscriber.name(),
                subscriber.email(),
                subscriber.telephone(),
                subscriber.externalId(),
                subscriber.isRegistered(),
                subscriber.otherFlags());
    }

    static UserForm of(Form form, Collection<String> catalogue) {
        return new UserForm(
                Text.strip(form.text("name")),
                Text.strip(form.text("email")),
                Text.strip(form.text("telephone")),
                Text.strip(form.text("external_id")),
                form.text("registered").equals(SET),
                catalogue.stream()
                        .filter(flag -> form.text(FLAG + flag).equals(SET))
                        .toList());
    }

    /// Writes the members in which this differs from `other`. `suspended` is kept as it is.
    void writeChanges(JsonWriter json, UserForm other, boolean suspended) {
        if (!name.equals(other.name)) {
            text(json, "name", name);
        }
        if (!externalId.equals(other.externalId)) {
            text(json, "external_id", externalId);
        }
        if (!email.equals(other.email) || !telephone.equals(other.telephone)) {
            json.writeObjectPropertyStart("contact_details");
            if (!email.equals(other.email)) {
                text(json, "email", email);
            }
            if (!telephone.equals(other.telephone)) {
                text(json, "telephone_number_E123", telephone);
            }
            json.writeEndObject();
        }
        if (isRegistered != other.isRegistered) {
            json.writeObjectPropertyStart("registration_information");
            json.writeStringProperty("registration_state", isRegistered ? "REGISTERED" : "UNREGISTERED");
            json.writeEndObject();
        }
        if (!flags.equals(other.flags)) {
            writeFlags(json, flags, suspended);
        }
    }

    static void writeFlags(JsonWriter json, List<String> flags, boolean suspended) {
        json.writeArrayPropertyStart("user_flags");
        flags.forEach(json::writeString);
        if (suspended) {
            json.writeString(Subscriber.LOGIN_RESTRICTED);
        }
        json.writeEndArray();
    }

    private static void text(JsonWriter json, String member, String value) {
        json.writeStringProperty(member, value.isEmpty() ? null : value);
    }

    @Override
    public String toString() {
        return "UserForm";
    }
}
