package tv.roster.console.administer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tv.roster.platform.http.Form;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.text.Text;

/// What an administrator can write about a tenant, by the names of the fields, which are those of the members.
public record SettingsForm(Map<String, String> values) {
    /// A field of the settings.
    ///
    /// @param isNumber       whether the API takes it as a number
    /// @param ofInstallation whether only agents of the installation change it
    public record Field(String name, String label, String hint, boolean isNumber, boolean ofInstallation) {}

    public static final List<Field> SETTINGS = List.of(
            number("activation_link_seconds", "Activation links are valid for", "In seconds."),
            number("reset_link_seconds", "Password reset links are valid for", "In seconds."),
            text("sender_name", "Sender of mails", "The name that subscribers see."),
            text("sender_address", "Address of the sender", ""),
            text("languages", "Languages", "With commas, such as en, fi, sv."),
            text("default_language", "Language of subscribers without one", ""),
            text("continue_url", "Where subscribers go on", "The address of the service, beginning with https://."),
            text("logo_url", "Logo", "The address of a picture, beginning with https://."),
            text("brand_color", "Colour", "Such as #0b5c63."),
            number("event_retention_days", "Events are kept for", "In days."),
            number("audit_retention_days", "The audit is kept for", "In days."),
            number("deletion_grace_days", "Deleted subscribers can be restored for", "In days."),
            new Field("rate_limit", "Requests of all keys together", "Such as 600/60s.", false, true),
            new Field("key_rate_limit", "Requests of each key", "Such as 600/60s.", false, true));

    private static final Set<String> LISTS = Set.of("ip_allow_list", "user_flags");

    public SettingsForm {
        values = Map.copyOf(values);
    }

    private static Field text(String name, String label, String hint) {
        return new Field(name, label, hint, false, false);
    }

    private static Field number(String name, String label, String hint) {
        return new Field(name, label, hint, true, false);
    }

    /// The names of the fields, by the places of the members.
    static Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("/data/attributes/name", "name");
        LISTS.forEach(list -> fields.put("/data/attributes/" + list, list));
        SETTINGS.forEach(field -> fields.put("/data/attributes/settings/" + field.name(), field.name()));
        return fields;
    }

    /// What a tenant has.
    static SettingsForm of(JsonNode attributes) {
        var values = new HashMap<String, String>();
        values.put("name", attributes.path("name").asString(""));
        LISTS.forEach(list -> values.put(list, String.join("\n", Documents.texts(attributes.path(list)))));
        for (var field : SETTINGS) {
            var value = attributes.path("settings").path(field.name());
            values.put(
                    field.name(),
                    value.isArray()
                            ? String.join(", ", Documents.texts(value))
                            : value.isNull() || value.isMissingNode() ? "" : value.asString());
        }
        return new SettingsForm(values);
    }

    static SettingsForm of(Form form) {
        var values = new HashMap<String, String>();
        values.put("name", Text.strip(form.text("name")));
        LISTS.forEach(list -> values.put(list, String.join("\n", Documents.lines(form.text(list)))));
        SETTINGS.forEach(field -> values.put(field.name(), Text.strip(form.text(field.name()))));
        return new SettingsForm(values);
    }

    /// The entries of the fields that have one on each line.
    Map<String, List<String>> lines() {
        return LISTS.stream().collect(Collectors.toMap(list -> list, list -> Documents.lines(value(list))));
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /// Writes what differs from `stored`: a default that is sent would be stored, and no longer follow its server.
    void writeChanges(JsonWriter json, SettingsForm stored, boolean ofInstallation) {
        if (differs("name", stored)) {
            json.writeStringProperty("name", value("name"));
        }
        for (var list : LISTS) {
            if (differs(list, stored)) {
                Documents.write(json, list, Documents.lines(value(list)));
            }
        }
        json.writeObjectPropertyStart("settings");
        SETTINGS.stream()
                .filter(field -> differs(field.name(), stored) && (ofInstallation || !field.ofInstallation()))
                .forEach(field -> write(json, field));
        json.writeEndObject();
    }

    private boolean differs(String name, SettingsForm stored) {
        return !value(name).equals(stored.value(name));
    }

    private void write(JsonWriter json, Field field) {
        var value = value(field.name());
        if (value.isEmpty()) {
            json.writeNullProperty(field.name());
        } else if (field.name().equals("languages")) {
            Documents.write(json, "languages", List.of(value.split("[,\\s]+")));
        } else if (field.isNumber() && value.matches("[0-9]{1,9}")) {
            json.writeNumberProperty(field.name(), Long.parseLong(value));
        } else {
            json.writeStringProperty(field.name(), value);
        }
    }
}
