package tv.roster.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;

class AccountLinksApiTest {
    private static FixedClock clock;
    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final String user =
            bss.createUser("'contact_details':{'email':'anna@example.com'}").id();

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.now());
        server = new TestServer(Map.of("ROSTER_PUBLIC_URL", "https://tv.example/roster"), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Response activationLink(String delivery, String... headers) {
        return bss.post("/users/" + user + "/activation_links", body("ActivationLink", delivery), headers);
    }

    private Response resetLink(String delivery) {
        return bss.post("/users/" + user + "/password_reset_links", body("PasswordResetLink", delivery));
    }

    private static String body(String type, String delivery) {
        return "{'data':{'type':'%s','attributes':{'delivery':'%s'}}}".formatted(type, delivery);
    }

    private String mails(String column) {
        return server.value(
                "select string_agg(" + column + "::text, ',' order by id) from mail where user_id = ?",
                UUID.fromString(user));
    }

    @Test
    void theBssGetsALinkToDeliverItself() {
        var response = activationLink("none");
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        assertThat(response.textAt("/data/type")).isEqualTo("ActivationLink");
        assertThat(response.textAt("/data/attributes/delivery")).isEqualTo("none");
        assertThat(response.textAt("/data/attributes/url"))
                .matches("https://tv\\.example/roster/activate\\?token=[A-Za-z0-9_-]{64}");
        assertThat(response.at("/data/attributes/expires_time").asLong())
                .isEqualTo(clock.instant().plus(Duration.ofDays(7)).getEpochSecond());
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(mails("status")).isNull();
    }

    @Test
    void aResetLinkIsGoodForAnHour() {
        var response = resetLink("none");
        assertThat(response.textAt("/data/type")).isEqualTo("PasswordResetLink");
        assertThat(response.textAt("/data/attributes/url")).startsWith("https://tv.example/roster/reset?token=");
        assertThat(response.at("/data/attributes/expires_time").asLong())
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)).getEpochSecond());
    }

    @Test
    void theTenantDecidesHowLongLinksLive() {
        server.execute("""
                update tenant set settings = '{"activation_link_seconds": 60, "reset_link_seconds": 30}' where id = ?""", tenant);
        assertThat(activationLink("none").at("/data/attributes/expires_time").asLong())
                .isEqualTo(clock.instant().getEpochSecond() + 60);
        assertThat(resetLink("none").at("/data/attributes/expires_time").asLong())
                .isEqualTo(clock.instant().getEpochSecond() + 30);
    }

    @Test
    void aMailedLinkIsNotShownToTheBss() {
        var response = activationLink("email");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.at("/data/attributes/url").isMissingNode()).isTrue();
        assertThat(mails("recipient")).isEqualTo("anna@example.com");
        assertThat(mails("status")).isEqualTo("queued");
    }

    @Test
    void withoutABodyTheLinkIsMailed() {
        var response = bss.post("/users/" + user + "/activation_links", null);
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        assertThat(response.textAt("/data/attributes/delivery")).isEqualTo("email");
    }

    @Test
    void aNewerLinkTakesTheOldersMailOutOfTheQueue() {
        activationLink("email");
        resetLink("email");
        activationLink("email");
        assertThat(mails("status")).isEqualTo("replaced,queued,queued");
        assertThat(mails("sealed_link is null")).isEqualTo("true,false,false");
    }

    @Test
    void theDatabaseHoldsNoTokenInTheClear() {
        var url = activationLink("none").textAt("/data/attributes/url");
        activationLink("email");
        var token = url.substring(url.indexOf('=') + 1);
        assertThat(server.value("select string_agg(l::text, '') from account_link l"))
                .doesNotContain(token);
        assertThat(mails("encode(sealed_link, 'escape')")).doesNotContain("token=");
    }

    @Test
    void aRegisteredUserHasNothingToActivate() {
        bss.patchUser(user, "'registration_information':{'registration_state':'REGISTERED'}");
        var response = activationLink("none");
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.code()).isEqualTo("already_registered");
        assertThat(resetLink("none").status()).isEqualTo(201);
    }

    @Test
    void withoutAnAddressNothingCanBeMailed() {
        bss.patchUser(user, "'contact_details':{'email':null}");
        var response = activationLink("email");
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.code()).isEqualTo("no_email");
        assertThat(activationLink("none").status()).isEqualTo(201);
    }

    @Test
    void nobodysLinkIsNotFound() {
        assertThat(bss.post("/users/" + UUID.randomUUID() + "/activation_links", null)
                        .status())
                .isEqualTo(404);
        assertThat(bss.post("/users/7/password_reset_links", null).status()).isEqualTo(404);
        assertThat(server.newTenant()
                        .post("/users/" + user + "/activation_links", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRepeatedCallWithAnIdempotencyKeySendsOneMail() {
        activationLink("email", "Idempotency-Key", "k1");
        var again = activationLink("email", "Idempotency-Key", "k1");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(mails("status")).isEqualTo("queued");
    }

    @Test
    void anAnswerWithALinkIsNotKeptForItsIdempotencyKey() {
        var first = activationLink("none", "Idempotency-Key", "k2");
        var second = activationLink("none", "Idempotency-Key", "k2");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.textAt("/data/attributes/url")).isNotEqualTo(first.textAt("/data/attributes/url"));
        assertThat(server.value("select count(*) from idempotency_key where key = 'k2'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'delivery':'pigeon'", "'delivery':null", "'deliver':'none'", "'url':'x'"})
    void aMalformedWishIsRefused(String attributes) {
        var response = bss.post(
                "/users/" + user + "/activation_links",
                "{'data':{'type':'ActivationLink','attributes':{" + attributes + "}}}");
        assertThat(response.status()).as(response.text()).isEqualTo(422);
    }

    @Test
    void theEventLogKnowsWhoMadeALinkButNotTheLink() {
        var url = activationLink("none").textAt("/data/attributes/url");
        var line = server.value(
                "select kind || ' ' || (api_key_id is not null) || after from user_event"
                        + " where user_id = ? and kind like '%link%'",
                UUID.fromString(user));
        assertThat(line).startsWith("user.activation_link_made true").doesNotContain(url.substring(url.length() - 40));
    }
}
