package tv.roster.console.administer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.KnownTenant;
import tv.roster.access.Scope;
import tv.roster.agents.values.Role;
import tv.roster.console.calls.Answer;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.PageLinks;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.text.Text;

/// `/console/agents`: the agents of a tenant, or of all. A setup link is on the page that made it, and nowhere else.
public final class AgentPages {
    private static final String NEW = "/new_agent";
    private static final String ONE = "/agents/{agent_id}";
    private static final int SIZE = 50;
    private static final Map<String, String> FIELDS = fields();

    private AgentPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get("/agents", Scope.ADMIN, AgentPages::list)
                .get(NEW, Scope.ADMIN, visit -> form(200, visit, AgentForm.EMPTY, FormProblems.NONE))
                .post(NEW, Scope.ADMIN, AgentPages::invite)
                .get(ONE, Scope.ADMIN, visit -> one(200, visit, null, FormProblems.NONE))
                .post(ONE, Scope.ADMIN, AgentPages::change)
                .post(ONE + "/disable", Scope.ADMIN, (visit, form) -> status(visit, "DISABLED"))
                .post(ONE + "/enable", Scope.ADMIN, (visit, form) -> status(visit, "ACTIVE"))
                .post(ONE + "/link", Scope.ADMIN, (visit, form) -> newLink(visit))
                .post(ONE + "/end_sessions", Scope.ADMIN, (visit, form) -> endSessions(visit))
                .get(ONE + "/delete", Scope.ADMIN, visit -> confirm(200, visit, FormProblems.NONE))
                .post(ONE + "/delete", Scope.ADMIN, (visit, form) -> delete(visit));
    }

    private static Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("/data/attributes/email", "email");
        fields.put("/data/attributes/name", "name");
        fields.put("/data/attributes/role", "role");
        fields.put("/data/relationships/tenant", "tenant");
        return fields;
    }

    /// What an administrator can write about an agent; `tenant` is an id, or empty.
    public record AgentForm(String email, String name, String role, String tenant) {
        static final AgentForm EMPTY = new AgentForm("", "", Role.AGENT.name(), "");

        static AgentForm of(Form form) {
            return new AgentForm(
                    Text.strip(form.text("email")),
                    Text.strip(form.text("name")),
                    form.text("role"),
                    form.text("tenant"));
        }

        @Override
        public String toString() {
            return "AgentForm[" + role + "]";
        }
    }

    /// An agent as pages show it; `tenant` is empty for one of the installation.
    public record Row(
            String id,
            String email,
            String name,
            String role,
            String status,
            String tenant,
            @Nullable Long lastSignIn) {
        @Override
        public String toString() {
            return "Row[" + id + "]";
        }
    }

    /// The model of the template `console/agents`.
    public record AgentsPage(
            Frame frame,
            List<Row> agents,
            @Nullable String previous,
            @Nullable String next) {
        public AgentsPage {
            agents = List.copyOf(agents);
        }
    }

    /// The model of the template `console/new_agent`.
    public record NewAgentPage(
            Frame frame, AgentForm form, Role[] roles, List<KnownTenant> tenants, FormProblems problems) {
        @Override
        public String toString() {
            return "NewAgentPage";
        }
    }

    /// The model of the templates `console/agent` and `console/delete_agent`.
    public record AgentPage(Frame frame, Row agent, AgentForm form, Role[] roles, FormProblems problems) {
        @Override
        public String toString() {
            return "AgentPage[" + agent.id() + "]";
        }
    }

    /// The model of the template `console/agent_link`.
    public record LinkPage(
            Frame frame, String url, @Nullable Long expires) {
        @Override
        public String toString() {
            return "LinkPage";
        }
    }

    private static Response list(Visit visit) {
        var answer = visit.admin(PageLinks.of(ApiCall.admin("GET", "/agents"), visit.request(), SIZE));
        return visit.page(
                200,
                "agents",
                new AgentsPage(
                        visit.frame("Agents", Section.AGENTS),
                        answer.data()
                                .valueStream()
                                .map(agent -> row(visit, agent))
                                .toList(),
                        PageLinks.to(answer.document(), "prev", ""),
                        PageLinks.to(answer.document(), "next", "")));
    }

    private static Row row(Visit visit, JsonNode agent) {
        var attributes = agent.path("attributes");
        var tenant = agent.path("relationships")
                .path("tenant")
                .path("data")
                .path("id")
                .asString("");
        return new Row(
                agent.path("id").asString(),
                attributes.path("email").asString(""),
                attributes.path("name").asString(""),
                attributes.path("role").asString(""),
                attributes.path("status").asString(""),
                visit.tools().tenantsOf(visit.agent()).stream()
                        .filter(one -> one.id().toString().equals(tenant))
                        .map(KnownTenant::name)
                        .findFirst()
                        .orElse(tenant),
                Documents.time(attributes.path("last_sign_in_time")));
    }

    private static Response form(int status, Visit visit, AgentForm form, FormProblems problems) {
        // An agent of a tenant invites for that tenant, which the call adds.
        var tenants = visit.agent().tenant() == null ? visit.tools().tenantsOf(visit.agent()) : List.<KnownTenant>of();
        var frame = visit.frame("New agent", Section.AGENTS);
        return visit.page(status, "new_agent", new NewAgentPage(frame, form, Role.values(), tenants, problems));
    }

    private static Response invite(Visit visit, Form sent) {
        var form = AgentForm.of(sent);
        var tenant = visit.agent().tenant() == null
                ? form.tenant()
                : visit.agent().tenant().toString();
        var answer = visit.admin(ApiCall.admin("POST", "/agents").creatingOf(tenant, "Agent", json -> {
            json.writeStringProperty("email", form.email());
            json.writeStringProperty("name", form.name());
            json.writeStringProperty("role", form.role());
        }));
        return answer.isDone()
                ? link(visit, answer, "setup_url", "setup_expires_time")
                : form(422, visit, form, FormProblems.of(answer, FIELDS));
    }

    private static Response link(Visit visit, Answer answer, String url, String expires) {
        var attributes = answer.data().path("attributes");
        return visit.page(
                200,
                "agent_link",
                new LinkPage(
                        visit.frame("The setup link", Section.AGENTS),
                        attributes.path(url).asString(),
                        Documents.time(attributes.path(expires))));
    }

    private static ApiCall call(Visit visit, String method, String rest) {
        return ApiCall.admin(method, "/agents/" + visit.segment("agent_id") + rest);
    }

    private static Response one(int status, Visit visit, @Nullable AgentForm sent, FormProblems problems) {
        return page(status, "agent", visit, sent, problems);
    }

    private static Response page(
            int status, String template, Visit visit, @Nullable AgentForm sent, FormProblems problems) {
        var agent = row(visit, visit.admin(call(visit, "GET", "")).data());
        var form = sent == null ? new AgentForm(agent.email(), agent.name(), agent.role(), "") : sent;
        var frame = visit.frame(agent.name(), Section.AGENTS);
        return visit.page(status, template, new AgentPage(frame, agent, form, Role.values(), problems));
    }

    private static Answer patch(Visit visit, Consumer<JsonWriter> attributes) {
        return visit.admin(
                call(visit, "PATCH", "").changing("Agent", visit.request().variable("agent_id"), attributes));
    }

    private static Response change(Visit visit, Form sent) {
        var form = AgentForm.of(sent);
        var answer = patch(visit, json -> {
            json.writeStringProperty("name", form.name());
            json.writeStringProperty("role", form.role());
        });
        return after(visit, answer, Notice.SAVED, form);
    }

    private static Response after(Visit visit, Answer answer, Notice notice, @Nullable AgentForm form) {
        return answer.isDone()
                ? visit.doneOutside("/agents/" + visit.segment("agent_id"), notice)
                : one(422, visit, form, FormProblems.of(answer, FIELDS));
    }

    private static Response status(Visit visit, String status) {
        return after(visit, patch(visit, json -> json.writeStringProperty("status", status)), Notice.SAVED, null);
    }

    private static Response newLink(Visit visit) {
        var answer = visit.admin(call(visit, "POST", "/setup_links").creating("AgentSetupLink", json -> {}));
        return answer.isDone()
                ? link(visit, answer, "url", "expires_time")
                : one(409, visit, null, FormProblems.of(answer, FIELDS));
    }

    private static Response endSessions(Visit visit) {
        return after(visit, visit.admin(call(visit, "DELETE", "/sessions")), Notice.AGENT_SESSIONS_ENDED, null);
    }

    private static Response confirm(int status, Visit visit, FormProblems problems) {
        return page(status, "delete_agent", visit, null, problems);
    }

    private static Response delete(Visit visit) {
        var answer = visit.admin(call(visit, "DELETE", ""));
        return answer.isDone()
                ? visit.doneOutside("/agents", Notice.REMOVED)
                : confirm(409, visit, FormProblems.of(answer, FIELDS));
    }
}
