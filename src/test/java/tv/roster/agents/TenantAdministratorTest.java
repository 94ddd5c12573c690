package tv.roster.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tv.roster.testing.AdminClient.document;
import static tv.roster.testing.Json.json;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.access.Caller;
import tv.roster.access.KnownAgent;
import tv.roster.access.KnownTenant;
import tv.roster.access.TenantSettings;
import tv.roster.access.allowlist.AllowList;
import tv.roster.access.allowlist.CallerAddress.Judged;
import tv.roster.access.allowlist.CallerAddress.Origin;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.agents.values.Role;
import tv.roster.calls.Admin;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.InnerRequest;
import tv.roster.platform.http.InnerRequest.Body;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.Refusal;
import tv.roster.testing.AdminClient;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// An administrator of a tenant sees and changes that tenant by the admin API, and nothing else.
class TenantAdministratorTest {
    /// What each route of the admin API does for an administrator of a tenant: `installation` refuses, `own` restricts
    /// itself. A new route has to be added here, and to a test below if it is not refused.
    private static final Map<String, String> ROUTES = Map.ofEntries(
            Map.entry("GET /tenants", "own"),
            Map.entry("POST /tenants", "installation"),
            Map.entry("GET /tenants/{tenant_id}", "own"),
            Map.entry("PATCH /tenants/{tenant_id}", "own"),
            Map.entry("DELETE /tenants/{tenant_id}", "installation"),
            Map.entry("GET /api_keys", "own"),
            Map.entry("POST /api_keys", "installation"),
            Map.entry("GET /tenants/{tenant_id}/api_keys", "own"),
            Map.entry("POST /tenants/{tenant_id}/api_keys", "own"),
            Map.entry("GET /api_keys/{api_key_id}", "own"),
            Map.entry("PATCH /api_keys/{api_key_id}", "own"),
            Map.entry("DELETE /api_keys/{api_key_id}", "own"),
            Map.entry("POST /api_keys/{api_key_id}/rotations", "own"),
            Map.entry("GET /agents", "own"),
            Map.entry("POST /agents", "own"),
            Map.entry("GET /agents/{agent_id}", "own"),
            Map.entry("PATCH /agents/{agent_id}", "own"),
            Map.entry("DELETE /agents/{agent_id}", "own"),
            Map.entry("POST /agents/{agent_id}/setup_links", "own"),
            Map.entry("DELETE /agents/{agent_id}/sessions", "own"),
            Map.entry("GET /events", "own"),
            Map.entry("PUT /tenants/{tenant_id}/users/{user_id}/password_hash", "own"),
            Map.entry("GET /installation/secrets", "installation"),
            Map.entry("GET /installation/secrets/{generation}", "installation"),
            Map.entry("POST /installation/secret_rotations", "installation"),
            Map.entry("GET /access", "installation"));

    private final TestServer server = TestServer.shared();
    private final AdminClient admin = new AdminClient(server.admin());
    private final tv.roster.testing.Response tenant = admin.newTenant("");
    private final String own = tenant.id();
    private final String other = admin.newTenant("").id();
    private final Area<Caller> area = area();
    private final Caller caller = caller();

    @SuppressWarnings("unchecked") // the admin API has no other callers
    private Area<Caller> area() {
        return (Area<Caller>) server.areas().stream()
                .filter(one -> one.base().equals(Admin.BASE))
                .findFirst()
                .orElseThrow();
    }

    /// As the console calls for an agent of the tenant.
    private Caller caller() {
        var made = admin.api()
                .post(
                        "/agents",
                        json("{'data':{'type':'Agent','attributes':{'email':'" + UUID.randomUUID()
                                + "@agents.example','name':'Olga Berg','role':'ADMINISTRATOR'},"
                                + "'relationships':{'tenant':{'data':{'type':'Tenant','id':'" + own + "'}}}}}"));
        var known = new KnownTenant(
                new TenantId(UUID.fromString(own)),
                tenant.textAt("/data/attributes/slug"),
                "North TV",
                Set.of(),
                new AllowList(List.of()),
                TenantSettings.DEFAULT);
        var agent =
                new KnownAgent(AgentId.parse(made.id()).orElseThrow(), known, Role.ADMINISTRATOR.scopes(), () -> true);
        return new Caller(agent, new Judged(IpAddress.of(InetAddress.getLoopbackAddress()), Origin.PEER));
    }

    private static Request request(String method, String path, @Nullable String body) {
        int question = path.indexOf('?');
        var query = question < 0 ? "" : path.substring(question + 1);
        var bytes = body == null ? Body.NONE : Body.of(body.getBytes(StandardCharsets.UTF_8));
        return new InnerRequest(
                new Outer(),
                method,
                Admin.BASE + (question < 0 ? path : path.substring(0, question)),
                query,
                body == null ? Map.of() : Map.of("content-type", "application/vnd.api+json"),
                bytes);
    }

    private Response call(String method, String path, @Nullable String body) {
        return area.enter(caller, request(method, path, body)).respond();
    }

    private void assertRefused(int status, String method, String path, @Nullable String body) {
        assertThatThrownBy(() -> call(method, path, body))
                .as(method + " " + path)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    private JsonNode get(String path) {
        var buffer = call("GET", path, null).body().duplicate();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new JsonMapper().readTree(bytes);
    }

    private static List<String> ids(JsonNode list) {
        return list.path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    @Test
    void everyRouteThatDoesNotSayHowItIsRestrictedRefusesThem() {
        var found = new TreeMap<String, String>();
        for (Route<Caller> route : area.routes()) {
            found.put(route.method() + " " + route.path(), bound(route));
        }
        assertThat(found).isEqualTo(new TreeMap<>(ROUTES));
    }

    private String bound(Route<Caller> route) {
        try {
            route.demand().check(caller);
            return "own";
        } catch (Refusal refusal) {
            assertThat(refusal.problems().getFirst().code().status()).isEqualTo(403);
            return "installation";
        }
    }

    @Test
    void theySeeTheirTenantAloneWhateverTheyAskFor() {
        assertThat(ids(get("/tenants"))).containsExactly(own);
        assertThat(ids(get("/tenants?filter%5Bslug%5D=" + tenant.textAt("/data/attributes/slug"))))
                .containsExactly(own);
        assertThat(ids(get("/tenants?filter%5Bslug%5D=north-tv-of-others"))).isEmpty();
        assertThat(get("/tenants/" + own).path("data").path("id").asString()).isEqualTo(own);
        assertRefused(404, "GET", "/tenants/" + other, null);
        assertRefused(404, "PATCH", "/tenants/" + other, document("Tenant", other, "'name':'Mine'"));
        assertRefused(404, "PATCH", "/tenants/" + other, "{");
        assertRefused(403, "DELETE", "/tenants/" + own, null);
        assertRefused(403, "POST", "/tenants", document("Tenant", "'slug':'more','name':'More'"));
    }

    @Test
    void theyChangeTheirTenantButNotWhatTheInstallationGaveIt() {
        assertThat(call("PATCH", "/tenants/" + own, document("Tenant", own, "'name':'South TV'"))
                        .status())
                .isEqualTo(200);
        for (var change : List.of(
                "'slug':'south-tv'", "'settings':{'rate_limit':'9/1s'}", "'settings':{'key_rate_limit':null}")) {
            assertRefused(403, "PATCH", "/tenants/" + own, document("Tenant", own, change));
        }
        assertThat(admin.api().get("/tenants/" + own).textAt("/data/attributes/name"))
                .isEqualTo("South TV");
    }

    @Test
    void theyHaveTheKeysOfTheirTenantOnly() {
        var key = admin.newKey(own, "").id();
        var theirs = admin.newKey(other, "").id();
        var installation = admin.api()
                .post("/api_keys", document("ApiKey", "'name':'Root'"))
                .id();
        assertThat(ids(get("/api_keys"))).containsExactly(key);
        assertThat(ids(get("/tenants/" + own + "/api_keys"))).containsExactly(key);
        assertRefused(404, "GET", "/tenants/" + other + "/api_keys", null);
        assertRefused(404, "POST", "/tenants/" + other + "/api_keys", document("ApiKey", "'name':'Mine'"));
        assertRefused(403, "POST", "/api_keys", document("ApiKey", "'name':'Mine'"));
        for (var foreign : List.of(theirs, installation)) {
            assertRefused(404, "GET", "/api_keys/" + foreign, null);
            assertRefused(404, "PATCH", "/api_keys/" + foreign, document("ApiKey", foreign, "'name':'Mine'"));
            assertRefused(404, "POST", "/api_keys/" + foreign + "/rotations", document("ApiKeyRotation", ""));
            assertRefused(404, "DELETE", "/api_keys/" + foreign, null);
            assertThat(admin.api()
                            .get("/api_keys/" + foreign)
                            .at("/data/attributes/revoked_time")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void theyMakeAndEndKeysOfTheirTenantButGiveThemNoLimits() {
        var keys = "/tenants/" + own + "/api_keys";
        assertThat(call("POST", keys, document("ApiKey", "'name':'Mine'")).status())
                .isEqualTo(201);
        var key = ids(get("/api_keys")).getFirst();
        var one = "/api_keys/" + key;
        assertThat(call("PATCH", one, document("ApiKey", key, "'name':'Ours'")).status())
                .isEqualTo(200);
        assertRefused(403, "PATCH", one, document("ApiKey", key, "'rate_limit':'9/1s'"));
        assertRefused(403, "POST", keys, document("ApiKey", "'name':'Mine','rate_limit':'9/1s'"));
        assertRefused(422, "POST", keys, document("ApiKey", "'name':'Mine','scopes':['admin']"));
        assertThat(call("POST", one + "/rotations", document("ApiKeyRotation", ""))
                        .status())
                .isEqualTo(201);
        assertThat(call("DELETE", one, null).status()).isEqualTo(204);
    }

    @Test
    void theAuditShowsWhatHappenedToTheirTenant() {
        admin.newKey(own, "");
        admin.newKey(other, "");
        for (var filter : List.of("", "?filter%5Btenant%5D=" + other, "?filter%5Btenant%5D=" + own + "," + other)) {
            var tenants = new TreeSet<String>();
            get("/events" + filter)
                    .path("data")
                    .valueStream()
                    .map(event -> event.path("relationships").path("tenant").path("data"))
                    .forEach(one -> tenants.add(one.path("id").asString()));
            assertThat(tenants).as(filter).containsExactly(own);
        }
    }

    @Test
    void theyHaveTheAgentsOfTheirTenantOnly() {
        var own = ((KnownAgent) caller.identity()).id().toString();
        assertThat(ids(get("/agents"))).containsExactly(own);
        assertThat(ids(get("/agents?filter%5Btenant%5D=" + other))).isEmpty();
    }

    @Test
    void theySetPasswordsOfTheirOwnUsersOnly() {
        var user = server.newKey(UUID.fromString(other), "users:write")
                .createUser("'name':'Anna'")
                .id();
        var hash = document("PasswordHash", "'hash':'$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW'");
        assertRefused(404, "PUT", "/tenants/" + other + "/users/" + user + "/password_hash", hash);
        assertRefused(404, "PUT", "/tenants/" + own + "/users/" + user + "/password_hash", hash);
        var mine = server.newKey(UUID.fromString(own), "users:write")
                .createUser("'name':'Anna'")
                .id();
        assertThat(call("PUT", "/tenants/" + own + "/users/" + mine + "/password_hash", hash)
                        .status())
                .isEqualTo(204);
    }

    /// The request to a page that makes the calls.
    private static final class Outer extends Request {
        private Outer() {
            super(null);
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/console";
        }

        @Override
        public String query() {
            return "";
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public List<String> headerLines(String name) {
            return List.of();
        }

        @Override
        public InetAddress peer() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public String origin() {
            return "https://roster.example";
        }

        @Override
        public boolean hasBody() {
            return false;
        }

        @Override
        public byte[] body() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream stream() {
            return InputStream.nullInputStream();
        }

        @Override
        public long received() {
            return 0;
        }

        @Override
        public void reserve(long bytes) {}

        @Override
        public void reserveMore(long bytes) {}

        @Override
        public byte[] buffer(int expectedBytes) {
            return new byte[expectedBytes];
        }
    }
}
