package tv.roster.agents;

import org.jspecify.annotations.Nullable;
import tv.roster.agents.setup.SetupLink;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.ids.Ids;

/// Writes agents as JSON:API resource objects; `base` is the absolute address of the admin API.
final class AgentResource {
    static final String SETUP_LINK = "AgentSetupLink";

    private AgentResource() {}

    static String url(String base, Agent agent) {
        return base + "/agents/" + agent.id();
    }

    /// @param link   only present for an agent that has just been created
    /// @param origin where the console is
    static void write(JsonWriter json, Agent agent, @Nullable SetupLink link, String base, String origin) {
        json.writeStartObject();
        json.writeStringProperty("type", Agent.TYPE);
        json.writeStringProperty("id", agent.id().toString());
        json.writeObjectPropertyStart("links");
        json.writeStringProperty("self", url(base, agent));
        json.writeEndObject();
        writeAttributes(json, agent, link, origin);
        writeTenant(json, agent, base);
        json.writeObjectPropertyStart("meta");
        json.writeNumberProperty("created_time", Ids.epochSecond(agent.id().value()));
        json.writeNumberProperty("updated_time", agent.updatedTime());
        json.writeNumberProperty("version", agent.version());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeAttributes(JsonWriter json, Agent agent, @Nullable SetupLink link, String origin) {
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("email", agent.email());
        json.writeStringProperty("name", agent.name());
        json.writeStringProperty("role", agent.role().name());
        json.writeStringProperty("status", agent.status().name());
        json.writeBooleanProperty("second_factor", agent.secondFactor());
        if (agent.lastSignInTime() == null) {
            json.writeNullProperty("last_sign_in_time");
        } else {
            json.writeNumberProperty("last_sign_in_time", agent.lastSignInTime());
        }
        if (link != null) {
            json.writeStringProperty("setup_url", link.url(origin));
            json.writeNumberProperty("setup_expires_time", link.expiresTime());
        }
        json.writeEndObject();
    }

    private static void writeTenant(JsonWriter json, Agent agent, String base) {
        json.writeObjectPropertyStart("relationships");
        json.writeObjectPropertyStart("tenant");
        if (agent.tenant() == null) {
            json.writeNullProperty("data");
        } else {
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("type", "Tenant");
            json.writeStringProperty("id", agent.tenant().toString());
            json.writeEndObject();
            json.writeObjectPropertyStart("links");
            json.writeStringProperty("related", base + "/tenants/" + agent.tenant());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /// A setup link, whose id is that of its agent: an agent has one at most.
    static void writeLink(JsonWriter json, String agent, SetupLink link, String origin) {
        json.writeStartObject();
        json.writeStringProperty("type", SETUP_LINK);
        json.writeStringProperty("id", agent);
        json.writeObjectPropertyStart("attributes");
        json.writeStringProperty("url", link.url(origin));
        json.writeNumberProperty("expires_time", link.expiresTime());
        json.writeEndObject();
        json.writeEndObject();
    }
}
