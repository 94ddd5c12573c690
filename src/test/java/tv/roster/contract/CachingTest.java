package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Response.etag;

import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Section 5a of the contract: what caches and browsers may make of an answer.
class CachingTest {
    private static final TestServer SERVER = TestServer.shared();

    private final ApiClient bss = SERVER.newTenant();

    private static String caching(Response answer) {
        assertThat(answer.header("X-Content-Type-Options"))
                .as("%d %s", answer.status(), answer.text())
                .isEqualTo("nosniff");
        assertThat(answer.header("Strict-Transport-Security")).isNull();
        return answer.header("Cache-Control");
    }

    @Test
    void anAnswerWithAnETagIsPrivateAndRevalidated() {
        var user = bss.createUser("'name':'Anna'");
        assertThat(caching(user)).isEqualTo("private, no-cache");
        var found = bss.get("/users/" + user.id());
        assertThat(found.header("ETag")).isEqualTo(etag(1));
        assertThat(caching(found)).isEqualTo("private, no-cache");
        var unchanged = bss.get("/users/" + user.id(), "If-None-Match", etag(1));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(caching(unchanged)).isEqualTo("private, no-cache");
    }

    @Test
    void personalDataWithoutAnETagIsStoredNowhere() {
        var id = bss.createUser("").id();
        assertThat(caching(bss.get("/users"))).isEqualTo("no-store");
        assertThat(caching(bss.get("/users/" + id + "?include=user_profiles"))).isEqualTo("no-store");
        assertThat(caching(bss.get("/users/" + id + "/user_profiles"))).isEqualTo("no-store");
        assertThat(caching(bss.delete("/users/" + id))).isEqualTo("no-store");
    }

    @Test
    void refusalsAreStoredNowhere() {
        assertThat(caching(bss.get("/users/none"))).isEqualTo("no-store");
        assertThat(caching(bss.post("/users", "{"))).isEqualTo("no-store");
        assertThat(caching(SERVER.client("nobody").get("/users"))).isEqualTo("no-store");
    }

    @Test
    void pagesSayForThemselvesHowLongTheyMayBeKept() {
        var pages = new ApiClient(SERVER.url(), null);
        assertThat(caching(pages.get("/pages/swagger-ui.css"))).isEqualTo("max-age=3600");
        assertThat(caching(pages.get("/errors/nothing"))).isEqualTo("no-store");
    }
}
