package tv.roster.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;

/// `GET /users/{user_id}/events`: what happened to one user, the newest first.
class UserEventsApiTest {
    private final TestServer server = TestServer.shared();
    private UUID tenant;
    private ApiClient bss;
    private ApiClient reader;

    @BeforeEach
    void newTenant() {
        tenant = server.addTenant("GOLD");
        bss = server.newKey(tenant, "users:read", "users:write", "privacy");
        reader = server.newKey(tenant, "events:read");
    }

    private Response page(String path) {
        var page = reader.get(path);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return page;
    }

    private List<String> kinds(String user) {
        return page("/users/" + user + "/events")
                .at("/data")
                .valueStream()
                .map(FeedReader::kind)
                .toList();
    }

    private String userWithNames(int names) {
        var user = bss.createUser("'name':'0'").id();
        for (int name = 1; name < names; name++) {
            bss.patchUser(user, "'name':'" + name + "'");
        }
        return user;
    }

    private static List<String> names(Response page) {
        return page.at("/data")
                .valueStream()
                .map(event -> event.at("/attributes/user/name").asString())
                .toList();
    }

    @Test
    void theNewestEventIsTheFirst() {
        var user =
                bss.createUser("'contact_details':{'email':'anna@example.com'}").id();
        bss.createUser("'name':'Ben'");
        bss.patchUser(user, "'user_flags':['LOGIN_RESTRICTED']");
        bss.post("/users/" + user + "/activation_links", null);
        assertThat(kinds(user)).containsExactly("user.activation_link_made", "user.updated", "user.created");
    }

    @Test
    void anEventIsWrittenAsInTheFeed() {
        var user = userWithNames(2);
        var feed = new FeedReader(reader).rest(2);
        var events = new ArrayList<JsonNode>();
        page("/users/" + user + "/events").at("/data").forEach(events::add);
        assertThat(events.reversed()).isEqualTo(feed);
    }

    @Test
    void pagesLeadToTheOldestAndBack() {
        var events = "/users/" + userWithNames(5) + "/events";
        var first = page(events + "?page[size]=2");
        assertThat(names(first)).containsExactly("4", "3");
        assertThat(first.at("/links/prev").isNull()).isTrue();
        var second = page(first.textAt("/links/next"));
        assertThat(names(second)).containsExactly("2", "1");
        var last = page(second.textAt("/links/next"));
        assertThat(names(last)).containsExactly("0");
        assertThat(last.at("/links/next").isNull()).isTrue();
        assertThat(names(page(last.textAt("/links/prev")))).containsExactly("2", "1");
    }

    @Test
    void anEventThatIsNotCommittedIsNotThere() throws Exception {
        var user = userWithNames(1);
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                    insert into user_event (tenant_id, id, time, kind, user_id, version, feed_order)
                    select tenant_id, gen_random_uuid(), time, 'user.updated', user_id, version, feed_order
                      from user_event where user_id = '%s'""".formatted(user));
            assertThat(kinds(user)).containsExactly("user.created");
            connection.rollback();
        }
    }

    @Test
    void aDeletedUserHasItsEvents() {
        var user = userWithNames(1);
        bss.delete("/users/" + user);
        assertThat(kinds(user)).containsExactly("user.deleted", "user.created");
    }

    @Test
    void anErasedUserHasEventsThatSayNothing() {
        var user = userWithNames(1);
        bss.post("/erasures", "{'data':{'type':'Erasure','attributes':{'user_id':'" + user + "'}}}");
        var page = page("/users/" + user + "/events");
        assertThat(kinds(user)).first().isEqualTo("user.erased");
        assertThat(page.at("/data").valueStream())
                .allMatch(event -> event.at("/attributes/user").isNull());
    }

    @Test
    void aUserWhoseEventsAreNoLongerKeptHasNone() {
        var user = userWithNames(1);
        server.execute("delete from user_event where user_id = ?", UUID.fromString(user));
        assertThat(kinds(user)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "page[size]=0, 400, bad_query",
        "page[size]=1001, 400, page_size_too_large",
        "page[after]=x, 400, bad_cursor",
        "page[total]=true, 400, bad_query",
        "filter[kind]=user.created, 400, bad_query",
        "sort=time, 400, bad_query"
    })
    void anotherQueryIsRejected(String query, int status, String code) {
        var refused = reader.get("/users/" + userWithNames(1) + "/events?" + query);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void aCursorIsGoodForOneUser() {
        var next = page("/users/" + userWithNames(2) + "/events?page[size]=1").textAt("/links/next");
        var cursor = next.substring(next.indexOf("page%5Bafter%5D"));
        assertThat(reader.get("/users/" + userWithNames(2) + "/events?" + cursor)
                        .code())
                .isEqualTo("bad_cursor");
    }

    @Test
    void whoIsUnknownOrOfAnotherTenantIsNotFound() {
        var other =
                server.newKey(server.addTenant(), "users:write").createUser("").id();
        for (var user : List.of(other, UUID.randomUUID().toString(), "anna")) {
            var refused = reader.get("/users/" + user + "/events");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("not_found");
        }
    }

    @Test
    void theScopeIsThatOfTheFeed() {
        var refused = bss.get("/users/" + userWithNames(1) + "/events");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("insufficient_scope");
    }
}
