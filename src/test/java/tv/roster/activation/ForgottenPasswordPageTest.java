package tv.roster.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;

class ForgottenPasswordPageTest {
    private static FixedClock clock;
    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final Visitor browser = new Visitor(server);
    private final String user =
            bss.createUser("'contact_details':{'email':'anna@example.com'}").id();

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.now());
        server = new TestServer(Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private String count(String sql) {
        return server.value(sql, UUID.fromString(user));
    }

    @Test
    void forgettingAPasswordLeadsToAMailOfItsKind() {
        bss.patchUser(user, "'registration_information':{'registration_state':'REGISTERED'}");
        var page = browser.send("/forgot/t-" + tenant, Map.of("email", " Anna@Example.com "), "Accept-Language", "sv");
        assertThat(page.status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        count("select kind || ' ' || language || ' ' || recipient from mail where user_id = ?"))
                .isEqualTo("password_reset sv anna@example.com"));
    }

    @Test
    void whoWasInvitedAndHasForgottenGetsAnotherInvitation() {
        bss.post("/users/" + user + "/activation_links", null);
        clock.advance(Duration.ofDays(8));
        browser.send("/forgot/t-" + tenant, Map.of("email", "anna@example.com"));
        await().untilAsserted(() -> assertThat(
                        count("select string_agg(kind || ' ' || status, ',' order by id) from mail where user_id = ?"))
                .isEqualTo("activation replaced,activation queued"));
    }

    @Test
    void theAnswerIsTheSameForAnAddressThatNobodyHas() {
        var known = browser.send("/forgot/t-" + tenant, Map.of("email", "anna@example.com"));
        var unknown = browser.send("/forgot/t-" + tenant, Map.of("email", "nobody@example.com"));
        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(200);
        assertThat(unknown.text()).isEqualTo(known.text());
    }

    @Test
    void aMailboxGetsAFewMailsAtTheMost() {
        bss.patchUser(user, "'registration_information':{'registration_state':'REGISTERED'}");
        for (int wish = 1; wish <= 5; wish++) {
            assertThat(browser.send("/forgot/t-" + tenant, Map.of("email", "anna@example.com"))
                            .status())
                    .isEqualTo(200);
        }
        await().untilAsserted(() ->
                assertThat(count("select count(*) from mail where user_id = ?")).isEqualTo("3"));
    }

    @Test
    void anotherTenantsPageKnowsNothingOfTheUser() {
        assertThat(browser.open(server.url() + "/forgot/no-such-tenant").status())
                .isEqualTo(404);
        assertThat(browser.open(server.url() + "/forgot/a%00b").status()).isEqualTo(404);
        assertThat(browser.send("/forgot/t-" + tenant, Map.of("email", "not an address"))
                        .status())
                .isEqualTo(422);
    }
}
