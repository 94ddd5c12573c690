package tv.roster.console.manage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Form;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.text.Text;

/// What a manager can write about a webhook endpoint, as the fields of a form have it.
///
/// @param kinds separated by spaces or commas; empty for all
public record WebhookForm(String url, String kinds, String description) {
    /// The names of the fields, by the places of the members.
    static final Map<String, String> FIELDS = Map.of(
            "/data/attributes/url", "url",
            "/data/attributes/kinds", "kinds",
            "/data/attributes/description", "description");

    static final WebhookForm EMPTY = new WebhookForm("", "", "");

    static WebhookForm of(Form form) {
        return new WebhookForm(
                Text.strip(form.text("url")), Text.strip(form.text("kinds")), Text.strip(form.text("description")));
    }

    static WebhookForm of(Endpoint endpoint) {
        return new WebhookForm(endpoint.url(), String.join(" ", endpoint.kinds()), endpoint.description());
    }

    private List<String> listOfKinds() {
        return Arrays.stream(kinds.split("[\\s,]+", -1))
                .filter(kind -> !kind.isEmpty())
                .toList();
    }

    /// Writes the members in which this differs from what is stored; all of them for a new endpoint (null).
    void write(JsonWriter json, @Nullable WebhookForm stored) {
        if (stored == null || !url.equals(stored.url)) {
            json.writeStringProperty("url", url);
        }
        if (stored == null || !listOfKinds().equals(stored.listOfKinds())) {
            json.writeArrayPropertyStart("kinds");
            listOfKinds().forEach(json::writeString);
            json.writeEndArray();
        }
        if (stored == null || !description.equals(stored.description)) {
            json.writeStringProperty("description", description.isEmpty() ? null : description);
        }
    }
}
