package tv.roster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.secret;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

class EventsApiTest {
    private final TestServer server = TestServer.shared();
    private final AdminClient admin = new AdminClient(server.admin());
    private final ApiClient api = admin.api();
    private final String tenant = admin.newTenant("").id();
    private final Response key = admin.newKey(tenant, "");
    private final ApiClient bss = server.client(secret(key));

    private Response events(String query) {
        return api.get("/events?" + query.replace("[", "%5B").replace("]", "%5D"));
    }

    private List<String> kinds(Response page) {
        var kinds = new ArrayList<String>();
        page.at("/data").forEach(event -> kinds.add(event.at("/attributes/kind").asString()));
        return kinds;
    }

    @Test
    void everyChangeTellsWhoWhatAndFromWhere() {
        var user = bss.post("/users", ApiClient.user("{'name':'Anna'}"), "X-Request-Id", "order-4711");
        bss.patchUser(user.id(), "'name':'Anna V'");
        bss.delete("/users/" + user.id());

        var page = events("filter[user]=" + user.id());
        assertThat(kinds(page)).containsExactly("user.deleted", "user.updated", "user.created");
        var created = page.at("/data/2");
        assertThat(created.at("/attributes/request_id").asString()).isEqualTo("order-4711");
        assertThat(created.at("/attributes/address").asString()).isEqualTo("127.0.0.1");
        assertThat(created.at("/attributes/time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{6}Z");
        assertThat(created.at("/relationships/author/data/id").asString()).isEqualTo(key.id());
        assertThat(created.at("/relationships/tenant/data/id").asString()).isEqualTo(tenant);
        assertThat(created.at("/attributes/before").isNull()).isTrue();
        assertThat(page.textAt("/data/1/attributes/before/name")).isEqualTo("Anna");
        assertThat(page.textAt("/data/1/attributes/after/name")).isEqualTo("Anna V");
    }

    @Test
    void changesOfTenantsAndKeysAreThereToo() {
        admin.patchTenant(tenant, "'ip_allow_list':['127.0.0.0/8']");
        admin.rotate(key.id(), 60);
        admin.patchKey(key.id(), "'name':'Renamed'");
        api.delete("/api_keys/" + key.id());

        assertThat(kinds(events("sort=time&filter[tenant]=" + tenant)))
                .containsExactly(
                        "tenant.created",
                        "api_key.created",
                        "tenant.updated",
                        "api_key.rotated",
                        "api_key.updated",
                        "api_key.revoked");
        var ofKey = events("sort=time&filter[key]=" + key.id());
        assertThat(kinds(ofKey)).hasSize(4).allMatch(kind -> kind.startsWith("api_key."));
        assertThat(ofKey.textAt("/data/0/relationships/author/data/id"))
                .isEqualTo(api.get("/access").id());
        assertThat(ofKey.textAt("/data/2/attributes/after/name")).isEqualTo("Renamed");
    }

    @Test
    void whatChangesNothingLeavesNoEvent() {
        admin.patchTenant(tenant, "'name':'North TV'");
        admin.patchKey(key.id(), "'name':'BSS'");
        assertThat(kinds(events("filter[tenant]=" + tenant))).containsExactly("api_key.created", "tenant.created");
    }

    @Test
    void eventsOutliveTheirTenant() {
        bss.createUser("'name':'Anna'");
        api.delete("/tenants/" + tenant + "?users=delete");
        assertThat(kinds(events("filter[tenant]=" + tenant)))
                .containsExactly("tenant.deleted", "user.deleted", "user.created", "api_key.created", "tenant.created");
        assertThat(kinds(events("filter[key]=" + key.id()))).contains("user.created");
    }

    @Test
    void aTenantsUsersEachHaveTheirDeletionInTheAudit() {
        var users = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            users.add(bss.createUser("'name':'N" + i + "'").id());
        }
        api.delete("/tenants/" + tenant + "?users=delete", "X-Request-Id", "the-end");
        var deleted = events("sort=time&filter[kind]=user.deleted&filter[tenant]=" + tenant);
        var found = new ArrayList<String>();
        for (var event : deleted.at("/data")) {
            found.add(event.at("/relationships/user/data/id").asString());
            assertThat(event.at("/attributes/before/name").asString()).startsWith("N");
            assertThat(event.at("/attributes/request_id").asString()).isEqualTo("the-end");
            assertThat(event.at("/relationships/author/data/id").asString())
                    .isEqualTo(api.get("/access").id());
        }
        assertThat(found).isEqualTo(users);
    }

    @Test
    void aWalkMeetsEachEventOnceInBothOrdersAndBackAgain() {
        for (int i = 0; i < 7; i++) {
            bss.createUser("'name':'N" + i + "'");
        }
        var newestFirst = walk("page[size]=4&filter[tenant]=" + tenant, "/links/next");
        var oldestFirst = walk("sort=time&page[size]=2&filter[tenant]=" + tenant, "/links/next");
        assertThat(newestFirst).hasSize(9).isEqualTo(oldestFirst.reversed());
        var second = api.get(events("page[size]=4&filter[tenant]=" + tenant).textAt("/links/next"));
        var first = api.get(second.textAt("/links/prev"));
        assertThat(ids(first)).isEqualTo(newestFirst.subList(0, 4));
    }

    private List<String> walk(String query, String link) {
        var ids = new ArrayList<String>();
        var page = events(query);
        while (true) {
            ids.addAll(ids(page));
            var next = page.textAt(link);
            if (next == null) {
                return ids;
            }
            page = api.get(next);
        }
    }

    private static List<String> ids(Response page) {
        var ids = new ArrayList<String>();
        page.at("/data").forEach(event -> ids.add(event.at("/id").asString()));
        return ids;
    }

    @Test
    void filtersHoldTogether() {
        long now = Instant.now().getEpochSecond();
        var user = bss.createUser("'name':'Anna'").id();
        assertThat(kinds(events("filter[kind]=user.created,api_key.created&filter[tenant]=" + tenant)))
                .containsExactly("user.created", "api_key.created");
        assertThat(kinds(events("filter[key]=" + key.id() + "&filter[kind]=user.created&filter[user]=" + user)))
                .containsExactly("user.created");
        assertThat(ids(events("filter[tenant]=" + tenant + "&filter[since]=" + (now + 100))))
                .isEmpty();
        assertThat(ids(events("filter[tenant]=" + tenant + "&filter[until]=" + (now - 100))))
                .isEmpty();
        assertThat(ids(events("filter[tenant]=" + tenant + "&filter[since]=" + (now - 100) + "&filter[until]="
                        + (now + 100))))
                .hasSize(3);
        assertThat(ids(events("filter[user]=" + UUID.randomUUID()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "filter[tenant]=north, filter[tenant]",
        "filter[user]=1, filter[user]",
        "filter[kind]=User, filter[kind]",
        "filter[since]=yesterday, filter[since]",
        "filter[since]=-1, filter[since]",
        "sort=kind, sort",
        "page[total]=true, page[total]",
        "filter[address]=127.0.0.1, filter[address]"
    })
    void badQueriesAreRefusedByTheirParameter(String query, String parameter) {
        var refused = events(query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.source()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void noCallChangesAnEvent(String method) {
        var id = events("filter[tenant]=" + tenant).textAt("/data/0/id");
        assertThat(api.send(method, "/events", "{}").status()).isEqualTo(405);
        assertThat(api.send(method, "/events/" + id, "{}").status()).isEqualTo(404);
    }
}
