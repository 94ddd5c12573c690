package tv.roster.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.document;
import static tv.roster.testing.AdminClient.secret;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

class AgentsApiTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestServer server = TestServer.shared();
    private final AdminClient admin = new AdminClient(server.admin());
    private final ApiClient api = admin.api();
    private final String tenant = admin.newTenant("").id();

    private static String email() {
        return "agent" + COUNT.incrementAndGet() + "-" + ProcessHandle.current().pid() + "@north-tv.example";
    }

    private static String ofTenant(String tenant) {
        return "'relationships':{'tenant':{'data':"
                + (tenant == null ? "null" : "{'type':'Tenant','id':'" + tenant + "'}") + "}}";
    }

    private static String agent(String attributes, String tenant) {
        return json("{'data':{'type':'Agent','attributes':{" + attributes + "}," + ofTenant(tenant) + "}}");
    }

    private Response create(String email, String role) {
        return api.post("/agents", agent("'email':'" + email + "','name':'Olga Berg','role':'" + role + "'", tenant));
    }

    private Response patch(String id, String attributes, String... headers) {
        return api.patch("/agents/" + id, document("Agent", id, attributes), headers);
    }

    @Test
    void aNewAgentIsInvitedWithALinkThatIsShownOnce() {
        var email = email();
        var made = create(email, "AGENT");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.header("Location")).endsWith("/api/admin/v1/agents/" + made.id());
        assertThat(made.textAt("/data/attributes/status")).isEqualTo("INVITED");
        assertThat(made.textAt("/data/attributes/role")).isEqualTo("AGENT");
        assertThat(made.at("/data/attributes/second_factor").asBoolean()).isFalse();
        assertThat(made.textAt("/data/attributes/setup_url"))
                .matches(server.url() + "/console/setup\\?token=[A-Za-z0-9_-]{43}");
        assertThat(made.textAt("/data/relationships/tenant/data/id")).isEqualTo(tenant);

        var read = api.get("/agents/" + made.id());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).doesNotContain("setup_url").doesNotContain("token");
        assertThat(read.etag()).isEqualTo(etag(1));
        assertThat(api.get("/agents/" + made.id(), "If-None-Match", etag(1)).status())
                .isEqualTo(304);
        assertThat(api.get("/agents?filter%5Bemail%5D=" + email.toUpperCase(Locale.ROOT))
                        .textAt("/data/0/id"))
                .isEqualTo(made.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'email':null                | wrong_type     | /data/attributes/email
            'email':'olga'              | invalid_value  | /data/attributes/email
            'name':' '                  | invalid_value  | /data/attributes/name
            'role':'BOSS'               | invalid_value  | /data/attributes/role
            'role':7                    | wrong_type     | /data/attributes/role
            'status':'ASLEEP'           | invalid_value  | /data/attributes/status
            'second_factor':true        | read_only      | /data/attributes/second_factor
            'password':'secret words'   | unknown_member | /data/attributes/password
            """, quoteCharacter = '"')
    void badMembersAreRefusedByTheirPlace(String attributes, String code, String pointer) {
        var refused = patch(create(email(), "AGENT").id(), attributes);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.source()).isEqualTo(pointer);
    }

    @Test
    void aNewAgentNeedsAddressNameAndRole() {
        var refused = api.post("/agents", document("Agent", "'name':'Olga'"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors")).hasSize(2);
        assertThat(api.post("/agents", json("{'data':{'type':'ApiKey'}}")).code())
                .isEqualTo("type_mismatch");
    }

    @Test
    void anAddressHasOneAgentInTheWholeInstallationWithoutRegardToCase() {
        var email = email();
        create(email, "AGENT");
        var other = admin.newTenant("").id();
        var refused = api.post(
                "/agents", agent("'email':'" + email.toUpperCase(Locale.ROOT) + "','name':'A','role':'VIEWER'", other));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("email_taken");
        assertThat(refused.source()).isEqualTo("/data/attributes/email");
        var second = create(email(), "AGENT");
        assertThat(patch(second.id(), "'email':'" + email + "'").code()).isEqualTo("email_taken");
    }

    @Test
    void aTenantThatDoesNotExistIsRefused() {
        var refused = api.post(
                "/agents",
                agent(
                        "'email':'" + email() + "','name':'A','role':'VIEWER'",
                        UUID.randomUUID().toString()));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.source()).isEqualTo("/data/relationships/tenant");
        var agent = create(email(), "AGENT");
        var moved = api.patch(
                "/agents/" + agent.id(),
                json("{'data':{'type':'Agent','id':'" + agent.id() + "'," + ofTenant("north") + "}}"));
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.source()).isEqualTo("/data/relationships/tenant");
    }

    @Test
    void anAgentMovesBetweenTenantsAndTheInstallation() {
        var agent = create(email(), "AGENT");
        var moved = api.patch(
                "/agents/" + agent.id(),
                json("{'data':{'type':'Agent','id':'" + agent.id() + "'," + ofTenant(null) + "}}"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.at("/data/relationships/tenant/data").isNull()).isTrue();
        assertThat(api.get("/agents?filter%5Btenant%5D=" + tenant).at("/data")).isEmpty();
    }

    @Test
    void whatWasReadMayBeSentBackAndChangesNothing() {
        var agent = create(email(), "MANAGER");
        var read = api.get("/agents/" + agent.id());
        var again = api.patch("/agents/" + agent.id(), read.text());
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.etag()).isEqualTo(read.etag());
    }

    @Test
    void aDisabledAgentIsEnabledAgain() {
        var agent = create(email(), "AGENT");
        assertThat(patch(agent.id(), "'status':'DISABLED'").textAt("/data/attributes/status"))
                .isEqualTo("DISABLED");
        assertThat(patch(agent.id(), "'status':'INVITED'").code()).isEqualTo("invalid_value");
        assertThat(patch(agent.id(), "'status':'ACTIVE'").textAt("/data/attributes/status"))
                .as("without a password")
                .isEqualTo("INVITED");
    }

    @Test
    void ifMatchHoldsBackChangesAndDeletions() {
        var agent = create(email(), "AGENT");
        patch(agent.id(), "'name':'Other'");
        assertThat(patch(agent.id(), "'name':'B'", "If-Match", etag(1)).status())
                .isEqualTo(412);
        assertThat(api.delete("/agents/" + agent.id(), "If-Match", etag(1)).status())
                .isEqualTo(412);
        assertThat(api.delete("/agents/" + agent.id(), "If-Match", etag(2)).status())
                .isEqualTo(204);
        assertThat(api.get("/agents/" + agent.id()).status()).isEqualTo(404);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        for (var id : new String[] {UUID.randomUUID().toString(), "olga"}) {
            assertThat(api.get("/agents/" + id).status()).isEqualTo(404);
            assertThat(patch(id, "'name':'A'").status()).isEqualTo(404);
            assertThat(api.delete("/agents/" + id).status()).isEqualTo(404);
            assertThat(api.delete("/agents/" + id + "/sessions").status()).isEqualTo(404);
            assertThat(api.post("/agents/" + id + "/setup_links", json("{'data':{'type':'AgentSetupLink'}}"))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(api.get("/agents?filter%5Btenant%5D=north").code()).isEqualTo("bad_query");
    }

    @Test
    void theListGoesPageByPage() {
        for (int count = 0; count < 5; count++) {
            create(email(), "VIEWER");
        }
        var page = api.get("/agents?filter%5Btenant%5D=" + tenant + "&page%5Bsize%5D=2&page%5Btotal%5D=true");
        assertThat(page.at("/meta/page/total").asInt()).isEqualTo(5);
        int seen = page.at("/data").size();
        while (!page.at("/links/next").isNull()) {
            page = api.get(page.textAt("/links/next"));
            seen += page.at("/data").size();
        }
        assertThat(seen).isEqualTo(5);
        assertThat(api.get(page.textAt("/links/prev")).at("/data")).hasSize(2);
    }

    @Test
    void aNewSetupLinkIsShownOnce() {
        var agent = create(email(), "AGENT");
        var link = api.post("/agents/" + agent.id() + "/setup_links", json("{'data':{'type':'AgentSetupLink'}}"));
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        assertThat(link.header("Cache-Control")).isEqualTo("no-store");
        assertThat(link.id()).isEqualTo(agent.id());
        assertThat(link.textAt("/data/attributes/url"))
                .startsWith(server.url() + "/console/setup?token=")
                .isNotEqualTo(agent.textAt("/data/attributes/setup_url"));
    }

    @Test
    void onlyAdminKeysManageAgents() {
        var key = server.admin(secret(admin.newKey(tenant, "")));
        assertThat(key.get("/agents").code()).isEqualTo("insufficient_scope");
        assertThat(key.post("/agents", document("Agent", "")).code()).isEqualTo("insufficient_scope");
    }

    @Test
    void theAuditHasTheirIdsButNeitherNamesNorAddresses() {
        var email = email();
        var agent = create(email, "AGENT");
        patch(agent.id(), "'name':'Olga Virtanen','role':'MANAGER'");
        api.delete("/agents/" + agent.id() + "/sessions");
        api.delete("/agents/" + agent.id());
        var events = server.value("""
                select string_agg(kind || ' ' || coalesce(before::text, '') || coalesce(after::text, ''), ' ' order by id)
                  from admin_event where subject_agent_id = ?""", UUID.fromString(agent.id()));
        assertThat(events)
                .containsSubsequence(
                        "agent.created",
                        "agent.setup_link_made",
                        "agent.updated",
                        json("'changed': ['name']"),
                        "agent.sessions_ended",
                        "agent.deleted")
                .doesNotContain("Olga", email, "token");
        assertThat(server.value(
                        "select count(*) from agent_setup_link where agent_id = ?", UUID.fromString(agent.id())))
                .isEqualTo("0");
    }

    @Test
    void theAgentsOfADeletedTenantAreDeleted() {
        var agent = create(email(), "AGENT");
        assertThat(api.delete("/tenants/" + tenant).status()).isEqualTo(204);
        assertThat(api.get("/agents/" + agent.id()).status()).isEqualTo(404);
    }
}
