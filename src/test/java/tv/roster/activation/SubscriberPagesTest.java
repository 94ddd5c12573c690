package tv.roster.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;

class SubscriberPagesTest {
    private static final String PASSWORD = "three birds on a wire";
    private static FixedClock clock;
    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
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

    private String link(String kind) {
        var type = kind.equals("activation") ? "ActivationLink" : "PasswordResetLink";
        var made = bss.post(
                "/users/" + user + "/" + kind + "_links",
                "{'data':{'type':'" + type + "','attributes':{'delivery':'none'}}}");
        return made.textAt("/data/attributes/url");
    }

    private Response choose(String link) {
        return browser.choose(link, PASSWORD, PASSWORD);
    }

    private String result(String password) {
        return bss.post(
                        "/credential_checks",
                        "{'data':{'type':'CredentialCheck','attributes':{'email':'anna@example.com'," + "'password':'"
                                + password + "'}}}")
                .textAt("/data/attributes/result");
    }

    private String state() {
        return bss.get("/users/" + user).textAt("/data/attributes/registration_information/registration_state");
    }

    private String count(String sql) {
        return server.value(sql, UUID.fromString(user));
    }

    @Test
    void activationSetsThePasswordAndRegistersTheUser() {
        var page = choose(link("activation"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Your account is active");
        assertThat(state()).isEqualTo("REGISTERED");
        assertThat(bss.get("/users/" + user).at("/data/meta/version").asInt()).isEqualTo(2);
        assertThat(result(PASSWORD)).isEqualTo("accepted");
        assertThat(server.value(
                        "select api_key_id is null and address is not null and after ->> 'version' = '2' from user_event"
                                + " where kind = 'user.activated' and user_id = ?",
                        UUID.fromString(user)))
                .isEqualTo("t");
    }

    @Test
    void aResetSetsThePasswordAndLeavesTheStateAlone() {
        choose(link("password_reset"));
        assertThat(state()).isEqualTo("UNREGISTERED");
        assertThat(result(PASSWORD)).isEqualTo("not_registered");
        assertThat(count("select count(*) from user_event where kind = 'user.password_reset' and user_id = ?"))
                .isEqualTo("1");
    }

    @Test
    void aResetEndsTheLockout() {
        choose(link("password_reset"));
        for (int wrong = 1; wrong <= 10; wrong++) {
            result("wrong password");
        }
        assertThat(result(PASSWORD)).isEqualTo("too_many_attempts");
        choose(link("password_reset"));
        assertThat(result(PASSWORD)).isEqualTo("not_registered");
    }

    @Test
    void openingALinkChangesNothing() {
        var link = link("activation");
        for (int time = 1; time <= 3; time++) {
            assertThat(browser.open(link).status()).isEqualTo(200);
        }
        assertThat(state()).isEqualTo("UNREGISTERED");
        assertThat(choose(link).status()).isEqualTo(200);
    }

    @Test
    void aLinkIsGoodOnce() {
        var link = link("activation");
        choose(link);
        assertThat(browser.open(link).status()).isEqualTo(410);
        assertThat(browser.choose(link, "another good password", "another good password")
                        .status())
                .isEqualTo(410);
        assertThat(result(PASSWORD)).isEqualTo("accepted");
    }

    @Test
    void ofUsesAtTheSameTimeOneGetsThrough() throws Exception {
        var link = link("activation");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var uses = threads.invokeAll(IntStream.range(0, 16)
                    .<Callable<Integer>>mapToObj(at -> () ->
                            browser.choose(link, PASSWORD + at, PASSWORD + at).status())
                    .toList());
            assertThat(uses)
                    .extracting(use -> use.resultNow())
                    .containsOnlyOnce(200)
                    .containsOnly(200, 410);
        }
        assertThat(count("select count(*) from user_event where kind = 'user.activated' and user_id = ?"))
                .isEqualTo("1");
    }

    @Test
    void unknownUsedAndEndedLinksShowTheSamePage() {
        var used = link("activation");
        choose(used);
        var replaced = link("password_reset");
        var ended = link("password_reset");
        clock.advance(Duration.ofHours(1));
        var unknown = ended.substring(0, ended.length() - 20) + "AAAAAAAAAAAAAAAAAAAA";
        var pages = List.of(browser.open(used), browser.open(replaced), browser.open(ended), browser.open(unknown));
        assertThat(pages).extracting(Response::status).containsOnly(410);
        assertThat(pages)
                .extracting(Response::text)
                .containsOnly(pages.getFirst().text());
        assertThat(pages.getFirst().text()).contains("href=\"forgot/t-" + tenant);
    }

    @Test
    void aLinkEndsWhenTheUserIsRegisteredOrDeleted() {
        var registered = link("activation");
        bss.patchUser(user, "'registration_information':{'registration_state':'REGISTERED'}");
        assertThat(choose(registered).status()).isEqualTo(410);
        var deleted = link("password_reset");
        bss.delete("/users/" + user);
        assertThat(choose(deleted).status()).isEqualTo(410);
    }

    @Test
    void aMailedLinkEndsWhenTheUserGetsAnotherAddress() {
        bss.post("/users/" + user + "/activation_links", null);
        var mail = browser.openOutbox("/" + count("select id from mail where user_id = ?"))
                .text();
        var link = mail.substring(
                mail.indexOf(server.url() + "/activate"), mail.indexOf("\" style=\"display:inline-block"));
        assertThat(browser.open(link).status()).isEqualTo(200);
        bss.patchUser(user, "'contact_details':{'email':'other@example.com'}");
        assertThat(browser.open(link).status()).isEqualTo(410);
        assertThat(choose(link).status()).isEqualTo(410);
    }

    @Test
    void theNameOfATenantIsShownAsItIs() {
        var name = "TV {1} {2} $1";
        var renamed = server.admin()
                .patch(
                        "/tenants/" + tenant,
                        "{'data':{'type':'Tenant','id':'%s','attributes':{'name':'%s'}}}".formatted(tenant, name));
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        var page = link("activation");
        await().untilAsserted(() ->
                assertThat(browser.open(page).text()).contains(name).contains("At least 8 characters"));
    }

    @Test
    void aLinkOfOneKindOpensNoPageOfTheOther() {
        assertThat(browser.open(link("activation").replace("/activate", "/reset"))
                        .status())
                .isEqualTo(410);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | Enter a password.",
                "short | short | at least 8 characters",
                "password123 | password123 | Many people use",
                "x7!x7!x7! | x7!x7!x7! | repeats a few characters",
                "Anna Example.COM | Anna Example.COM | your own name, address or number",
                "three birds on a wire | three birds | not the same"
            })
    void whatIsWrongWithAPasswordIsToldAndTheLinkStaysGood(String password, String repeated, String problem) {
        var link = link("activation");
        var page = browser.choose(link, password, repeated);
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text()).contains(problem, "role=\"alert\"", "aria-invalid=\"true\"", "<title>Please check:");
        assertThat(password.isEmpty() || !page.text().contains("value=\"" + password))
                .isTrue();
        assertThat(choose(link).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/activate", "/activate?token=", "/reset?token=..%2F", "/activate?token=%FF", "/activate?lang=fi"
            })
    void anAddressWithoutATokenIsNoLongerGoodEither(String path) {
        assertThat(browser.open(server.url() + path).status()).isEqualTo(410);
    }
}
