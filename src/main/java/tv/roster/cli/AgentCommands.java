package tv.roster.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `./roster agent …`
@Command(
        name = "agent",
        description = "Support agents, the people who use the console.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster agent create olga@north-tv.example --name \"Olga Berg\" --role agent --tenant north-tv",
            "  ./roster agent create anna@example.com --name \"Anna\" --role administrator",
            "  ./roster agent setup-link olga@north-tv.example",
            "  ./roster agent disable olga@north-tv.example"
        })
final class AgentCommands {
    private static final String TYPE = "Agent";
    private static final String NAMED = "Its e-mail address or id.";
    private static final String ROLES = "viewer, agent, manager or administrator.";

    private final Terminal terminal;

    AgentCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "List the agents of a tenant, or all.")
    void list(
            @Mixin Format format,
            @Parameters(paramLabel = "TENANT", arity = "0..1", description = "Its slug or id; none: all agents.")
                    @Nullable
                    String tenant) {
        var server = terminal.server();
        var agents = new ArrayList<JsonNode>();
        var filter = tenant == null ? "" : "&filter%5Btenant%5D=" + tenantId(tenant);
        server.eachOf("/agents?page%5Bsize%5D=1000" + filter, agents::add);
        if (format.json(terminal)) {
            agents.forEach(agent -> terminal.say(agent.toString()));
            return;
        }
        var slugs = new HashMap<String, String>();
        server.eachOf(
                "/tenants?page%5Bsize%5D=1000",
                one -> slugs.put(
                        one.at("/id").asString(), one.at("/attributes/slug").asString()));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("E-MAIL", "NAME", "TENANT", "ROLE", "STATUS", "LAST SIGN-IN"));
        for (var agent : agents) {
            rows.add(List.of(
                    agent.at("/attributes/email").asString(),
                    agent.at("/attributes/name").asString(),
                    slugs.getOrDefault(agent.at("/relationships/tenant/data/id").asString(""), "-"),
                    agent.at("/attributes/role").asString(),
                    agent.at("/attributes/status").asString(),
                    Words.time(agent.at("/attributes/last_sign_in_time"))));
        }
        terminal.table(rows);
    }

    @Command(name = "create", description = "Create an agent; the link to choose a password is shown once.")
    void create(
            @Mixin Format format,
            @Parameters(paramLabel = "EMAIL", description = "The address to sign in with.") String email,
            @Option(names = "--name", required = true, description = "The name of the person.") String name,
            @Option(names = "--role", required = true, description = ROLES) String role,
            @Option(names = "--tenant", description = "Its slug or id; none: an agent of the installation.") @Nullable
                    String tenant) {
        var attributes =
                Server.object().put("email", email).put("name", name).put("role", role.toUpperCase(Locale.ROOT));
        var document = Server.document(TYPE, attributes);
        if (tenant != null) {
            var owner = data(document)
                    .putObject("relationships")
                    .putObject("tenant")
                    .putObject("data");
            owner.put("type", "Tenant").put("id", tenantId(tenant));
        }
        show(format, terminal.server().post("/agents", document));
    }

    private static ObjectNode data(ObjectNode document) {
        return (ObjectNode) document.at("/data");
    }

    @Command(
            name = "update",
            description = "Change an agent; everything that is not given remains unchanged.",
            footer = "Another role or tenant ends the agent's sessions at once. An empty --tenant is the installation.")
    void update(
            @Mixin Format format,
            @Parameters(paramLabel = "AGENT", description = NAMED) String agent,
            @Option(names = "--email", description = "A new address to sign in with.") @Nullable String email,
            @Option(names = "--name", description = "The name of the person.") @Nullable String name,
            @Option(names = "--role", description = ROLES) @Nullable String role,
            @Option(names = "--tenant", description = "Its slug or id.") @Nullable String tenant) {
        var attributes = Server.object();
        put(attributes, "email", email);
        put(attributes, "name", name);
        put(attributes, "role", role == null ? null : role.toUpperCase(Locale.ROOT));
        var document = Server.document(TYPE, attributes);
        if (tenant != null) {
            var relationship = data(document).putObject("relationships").putObject("tenant");
            if (tenant.isEmpty()) {
                relationship.putNull("data");
            } else {
                relationship.putObject("data").put("type", "Tenant").put("id", tenantId(tenant));
            }
        } else if (attributes.isEmpty()) {
            throw new Failure(Failure.MISUSED, "Name what to change, such as --name; see --help.");
        }
        show(format, patch(find(agent), document));
    }

    private static void put(ObjectNode attributes, String member, @Nullable String value) {
        if (value != null) {
            attributes.put(member, value);
        }
    }

    @Command(name = "disable", description = "Let an agent sign in no more, and end all its sessions at once.")
    void disable(@Mixin Format format, @Parameters(paramLabel = "AGENT", description = NAMED) String agent) {
        setStatus(format, agent, "DISABLED");
    }

    @Command(name = "enable", description = "Let a disabled agent sign in again.")
    void enable(@Mixin Format format, @Parameters(paramLabel = "AGENT", description = NAMED) String agent) {
        setStatus(format, agent, "ACTIVE");
    }

    private void setStatus(Format format, String agent, String status) {
        var document = Server.document(TYPE, Server.object().put("status", status));
        show(format, patch(find(agent), document));
    }

    private JsonNode patch(JsonNode found, ObjectNode document) {
        return terminal.server().patchWith(path(found), found, document);
    }

    @Command(name = "delete", description = "Delete an agent, and end all its sessions at once.")
    void delete(@Parameters(paramLabel = "AGENT", description = NAMED) String agent) {
        var found = find(agent);
        terminal.server().delete(path(found));
        terminal.say("Deleted " + email(found) + ".");
    }

    @Command(
            name = "setup-link",
            description = {
                "Create a link with which an agent chooses a new password and sets up a new second factor.",
                "It is valid for an hour, once, and is shown once. A newer link ends the older one."
            })
    void setupLink(@Mixin Format format, @Parameters(paramLabel = "AGENT", description = NAMED) String agent) {
        var document = terminal.server().post(path(find(agent)) + "/setup_links", typeOnly("AgentSetupLink"));
        if (format.json(terminal)) {
            terminal.json(document);
        } else {
            link(document.at("/data/attributes/url"), document.at("/data/attributes/expires_time"));
        }
    }

    private static ObjectNode typeOnly(String type) {
        var document = Server.object();
        document.putObject("data").put("type", type);
        return document;
    }

    @Command(name = "end-sessions", description = "Sign an agent out everywhere, at once.")
    void endSessions(@Parameters(paramLabel = "AGENT", description = NAMED) String agent) {
        var found = find(agent);
        terminal.server().delete(path(found) + "/sessions");
        terminal.say("All sessions of " + email(found) + " have ended.");
    }

    private JsonNode find(String emailOrId) {
        return new Lookup(terminal.server()).agent(emailOrId);
    }

    private String tenantId(String slugOrId) {
        return new Lookup(terminal.server()).tenant(slugOrId).at("/id").asString();
    }

    private static String path(JsonNode agent) {
        return "/agents/" + agent.at("/id").asString();
    }

    private static String email(JsonNode agent) {
        return agent.at("/attributes/email").asString();
    }

    private void show(Format format, JsonNode document) {
        if (format.json(terminal)) {
            terminal.json(document);
            return;
        }
        var attributes = document.at("/data/attributes");
        terminal.pairs(List.of(
                List.of("E-mail", attributes.at("/email").asString()),
                List.of("Name", attributes.at("/name").asString()),
                List.of("Role", attributes.at("/role").asString()),
                List.of("Tenant", Words.text(document.at("/data/relationships/tenant/data/id"))),
                List.of("Status", attributes.at("/status").asString()),
                List.of("Second factor", attributes.at("/second_factor").asBoolean() ? "yes" : "no"),
                List.of("Last sign-in", Words.time(attributes.at("/last_sign_in_time"))),
                List.of("Id", document.at("/data/id").asString())));
        if (attributes.at("/setup_url").isString()) {
            link(attributes.at("/setup_url"), attributes.at("/setup_expires_time"));
        }
    }

    private void link(JsonNode url, JsonNode expires) {
        terminal.say("");
        terminal.say(
                "The link to choose a password, shown only now, valid once and until " + Words.time(expires) + ":");
        terminal.say("  " + url.asString());
    }
}
