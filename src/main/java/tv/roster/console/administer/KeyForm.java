package tv.roster.console.administer;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tv.roster.access.Scope;
import tv.roster.platform.http.Form;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.text.Text;

/// What an administrator can write about a new key.
///
/// @param allowList a block a line
/// @param expires   the last day, such as 2027-12-31; empty for none
public record KeyForm(String name, List<String> scopes, String allowList, String expires) {
    /// The names of the fields, by the places of the members.
    static final Map<String, String> FIELDS = Map.of(
            "/data/attributes/name", "name",
            "/data/attributes/scopes", "scopes",
            "/data/attributes/ip_allow_list", "ip_allow_list",
            "/data/attributes/expires_time", "expires");

    static final KeyForm USUAL = new KeyForm("", List.of("users:read", "users:write"), "", "");

    public KeyForm {
        scopes = List.copyOf(scopes);
    }

    static KeyForm of(Form form) {
        return new KeyForm(
                Text.strip(form.text("name")),
                allScopes().stream()
                        .filter(scope -> form.text("scope_" + scope).equals("yes"))
                        .toList(),
                String.join("\n", Documents.lines(form.text("ip_allow_list"))),
                Text.strip(form.text("expires")));
    }

    /// The scopes that a key of a tenant can have.
    static List<String> allScopes() {
        return Arrays.stream(Scope.values())
                .filter(scope -> scope != Scope.ADMIN)
                .map(Scope::word)
                .toList();
    }

    /// The entries of the fields that have one on each line.
    Map<String, List<String>> lines() {
        return Map.of("ip_allow_list", Documents.lines(allowList));
    }

    boolean hasDate() {
        try {
            return expires.isEmpty() || LocalDate.parse(expires).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    void write(JsonWriter json) {
        json.writeStringProperty("name", name);
        Documents.write(json, "scopes", scopes);
        Documents.write(json, "ip_allow_list", Documents.lines(allowList));
        if (!expires.isEmpty()) {
            json.writeNumberProperty(
                    "expires_time",
                    LocalDate.parse(expires).plusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) - 1);
        }
    }
}
