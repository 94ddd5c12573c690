package tv.roster.activation.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.activation.Visitor;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;

/// `/users/{user_id}/links`: support sees which links of a subscriber still work, and ends them.
class OpenLinksApiTest {
    private static FixedClock clock;
    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final String user =
            bss.createUser("'contact_details':{'email':'anna@example.com'}").id();
    private final String links = "/users/" + user + "/links";

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
        server = new TestServer(Map.of(), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Response make(String path, String type, String delivery) {
        var made = bss.post(
                "/users/" + user + "/" + path,
                "{'data':{'type':'" + type + "','attributes':{'delivery':'" + delivery + "'}}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private Response invite() {
        return make("activation_links", "ActivationLink", "none");
    }

    private JsonNode open() {
        var found = bss.get(links);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.at("/data");
    }

    private JsonNode endings() {
        return server.admin()
                .get("/events?filter%5Bkind%5D=user.links_ended&filter%5Btenant%5D=" + tenant)
                .at("/data");
    }

    private boolean works(Response made) {
        return new Visitor(server)
                .open(made.textAt("/data/attributes/url"))
                .text()
                .contains("name=\"password\"");
    }

    @Test
    void theOpenLinksAreThereWithoutTheLinks() {
        long now = clock.instant().getEpochSecond();
        assertThat(open()).isEmpty();
        var activation = invite();
        var reset = make("password_reset_links", "PasswordResetLink", "email");
        assertThat(open()).hasSize(2);
        assertThat(open().get(0).at("/id").asString()).isEqualTo(reset.id());
        assertThat(open().get(0).at("/type").asString()).isEqualTo("AccountLink");
        assertThat(open().get(0).at("/attributes/kind").asString()).isEqualTo("password_reset");
        assertThat(open().get(0).at("/attributes/delivery").asString()).isEqualTo("email");
        assertThat(open().get(0).at("/attributes/created_time").asLong()).isEqualTo(now);
        assertThat(open().get(0).at("/attributes/expires_time").asLong()).isEqualTo(now + 3600);
        assertThat(open().get(1).at("/id").asString()).isEqualTo(activation.id());
        assertThat(open().get(1).at("/attributes/kind").asString()).isEqualTo("activation");
        assertThat(open().get(1).at("/attributes/delivery").asString()).isEqualTo("none");
        var url = activation.textAt("/data/attributes/url");
        var token = url.substring(url.indexOf('=') + 1);
        assertThat(bss.get(links).text()).doesNotContain(token, "url");
    }

    @Test
    void aLinkThatHasExpiredOrEndedIsNotOpen() {
        make("password_reset_links", "PasswordResetLink", "none");
        invite();
        clock.advance(Duration.ofHours(1));
        assertThat(open()).hasSize(1);
        bss.patchUser(user, "'contact_details':{'email':'other@example.com'}");
        assertThat(open()).isEmpty();
    }

    @Test
    void linksThatWereEndedNeverWorkAgain() {
        var activation = invite();
        var reset = make("password_reset_links", "PasswordResetLink", "none");
        assertThat(works(activation)).isTrue();
        var before = bss.get("/users/" + user);
        assertThat(bss.delete(links, "X-Request-Id", "end").status()).isEqualTo(204);
        assertThat(open()).isEmpty();
        assertThat(works(activation)).isFalse();
        assertThat(works(reset)).isFalse();
        assertThat(bss.get("/users/" + user).body()).isEqualTo(before.body());
        assertThat(endings()).hasSize(1);
        var event = endings().get(0);
        assertThat(event.at("/relationships/user/data/id").asString()).isEqualTo(user);
        assertThat(event.at("/relationships/author/data/id").asString())
                .isEqualTo(bss.get("/access").id());
        assertThat(event.at("/attributes/request_id").asString()).isEqualTo("end");
    }

    @Test
    void aNewLinkWorksAfterTheOthersHaveEnded() {
        var ended = invite();
        bss.delete(links);
        var made = invite();
        assertThat(works(made)).isTrue();
        assertThat(works(ended)).isFalse();
        assertThat(open()).hasSize(1);
    }

    @Test
    void whereThereIsNothingToEndNothingIsInTheAudit() {
        assertThat(bss.delete(links).status()).isEqualTo(204);
        assertThat(endings()).isEmpty();
        invite();
        bss.delete(links);
        bss.delete(links);
        assertThat(endings()).hasSize(1);
    }

    @Test
    void aRepeatedCallWithItsKeyEndsNoLaterLink() {
        invite();
        assertThat(bss.delete(links, "Idempotency-Key", "once").status()).isEqualTo(204);
        invite();
        var repeated = bss.delete(links, "Idempotency-Key", "once");
        assertThat(repeated.status()).isEqualTo(204);
        assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(open()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void whoIsUnknownDeletedOrOfAnotherTenantIsNotFound(String method) {
        var deleted = bss.createUser("").id();
        bss.delete("/users/" + deleted);
        var other =
                server.newKey(server.addTenant(), "users:write").createUser("").id();
        for (var id : List.of(deleted, other, UUID.randomUUID().toString(), "anna")) {
            var refused = bss.send(method, "/users/" + id + "/links", null);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("not_found");
        }
    }

    @Test
    void readingAndEndingNeedTheirScopes() {
        assertThat(server.newKey(tenant, "users:write").get(links).code()).isEqualTo("insufficient_scope");
        assertThat(server.newKey(tenant, "users:read").delete(links).code()).isEqualTo("insufficient_scope");
        assertThat(bss.get(links + "?page[size]=1").code()).isEqualTo("bad_query");
    }
}
