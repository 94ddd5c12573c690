package tv.roster.tenants;

import tv.roster.platform.json.JsonWriter;
import tv.roster.values.ids.Ids;

/// Writes tenants as JSON:API resource objects; `base` is the absolute address of the admin API.
final class TenantResource {
    private TenantResource() {}

    static String url(String base, Tenant tenant) {
        return base + "/tenants/" + tenant.id();
    }

    static void write(JsonWriter json, Tenant tenant, String base) {
        json.writeStartObject();
        json.writeStringProperty("type", Tenant.TYPE);
        json.writeStringProperty("id", tenant.id().toString());
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url(base, tenant));
        json.writeEndObject();
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("slug", tenant.slug());
        json.writeStringProperty("name", tenant.name());
        texts(json, "user_flags", tenant.userFlags());
        texts(json, "ip_allow_list", tenant.allowList());
        json.writeObjectPropertyStart("settings");
        tenant.settings().write(json);
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectPropertyStart("relationships");
        json.writeObjectPropertyStart("api_keys");
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("related", url(base, tenant) + "/api_keys");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectPropertyStart("meta");
        json.writeNumberProperty("created_time", Ids.epochSecond(tenant.id().value()));
        json.writeNumberProperty("updated_time", tenant.updatedTime());
        json.writeNumberProperty("version", tenant.version());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void texts(JsonWriter json, String name, Iterable<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }
}
