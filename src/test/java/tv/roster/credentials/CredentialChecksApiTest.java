package tv.roster.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;

class CredentialChecksApiTest {
    private static final String PASSWORD = "correct horse battery";
    private static FixedClock clock;
    private static TestServer server;

    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify");

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.now());
        server = new TestServer(Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Response createUser(String attributes) {
        var response = bss.post(
                "/users",
                "{'data':{'type':'User','attributes':{%s},'meta':{'security':{'user_password':'%s'}}}}"
                        .formatted(attributes, PASSWORD));
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        return response;
    }

    private Response registered(String email) {
        return createUser("'contact_details':{'email':'" + email
                + "'},'external_id':'cid-1','registration_information':{'registration_state':'REGISTERED'}");
    }

    private Response check(String attributes) {
        return bss.post("/credential_checks", "{'data':{'type':'CredentialCheck','attributes':{" + attributes + "}}}");
    }

    private String result(String email, String password) {
        var response = check("'email':'%s','password':'%s'".formatted(email, password));
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.text()).doesNotContain(password);
        return response.textAt("/data/attributes/result");
    }

    @Test
    void rightPasswordIsAcceptedAndLeadsToTheUser() {
        var user = registered("anna@example.com");
        var response = check("'email':'ANNA@example.com','password':'" + PASSWORD + "'");
        assertThat(response.textAt("/data/attributes/result")).isEqualTo("accepted");
        assertThat(response.textAt("/data/relationships/user/data/id")).isEqualTo(user.id());
        assertThat(bss.get(response.textAt("/data/relationships/user/links/related"))
                        .id())
                .isEqualTo(user.id());
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void theExternalIdLogsInAsWell() {
        registered("anna@example.com");
        assertThat(check("'external_id':'cid-1','password':'" + PASSWORD + "'").textAt("/data/attributes/result"))
                .isEqualTo("accepted");
        assertThat(check("'external_id':'CID-1','password':'" + PASSWORD + "'").textAt("/data/attributes/result"))
                .isEqualTo("wrong_credentials");
    }

    @Test
    void theStateIsToldOnlyAfterTheRightPassword() {
        createUser("'contact_details':{'email':'new@example.com'}");
        createUser("'contact_details':{'email':'held@example.com'},'user_flags':['LOGIN_RESTRICTED'],"
                + "'registration_information':{'registration_state':'REGISTERED'}");
        assertThat(result("new@example.com", PASSWORD)).isEqualTo("not_registered");
        assertThat(result("new@example.com", "wrong password")).isEqualTo("wrong_credentials");
        assertThat(result("held@example.com", PASSWORD)).isEqualTo("login_restricted");
        assertThat(result("held@example.com", "wrong password")).isEqualTo("wrong_credentials");
        var refused = check("'email':'held@example.com','password':'" + PASSWORD + "'");
        assertThat(refused.at("/data/relationships").isMissingNode()).isTrue();
    }

    @Test
    void nobodyAndAUserWithoutAPasswordAreAnsweredLikeAWrongPassword() {
        bss.createUser("'contact_details':{'email':'none@example.com'}");
        assertThat(result("none@example.com", PASSWORD)).isEqualTo("wrong_credentials");
        assertThat(result("nobody@example.com", PASSWORD)).isEqualTo("wrong_credentials");
        assertThat(result("no address at all", PASSWORD)).isEqualTo("wrong_credentials");
    }

    @Test
    void afterTenWrongPasswordsTheRightOneIsNotTriedUntilTheWindowHasPassed() {
        registered("anna@example.com");
        for (int wrong = 1; wrong <= 10; wrong++) {
            assertThat(result("anna@example.com", "wrong password")).isEqualTo("wrong_credentials");
        }
        assertThat(result("anna@example.com", PASSWORD)).isEqualTo("too_many_attempts");
        assertThat(check("'external_id':'cid-1','password':'" + PASSWORD + "'").textAt("/data/attributes/result"))
                .isEqualTo("too_many_attempts");
        clock.advance(Duration.ofMinutes(15));
        assertThat(result("anna@example.com", PASSWORD)).isEqualTo("accepted");
    }

    @Test
    void anUnknownNameIsLockedLikeAKnownOne() {
        for (int wrong = 1; wrong <= 10; wrong++) {
            assertThat(result("nobody@example.com", "wrong password")).isEqualTo("wrong_credentials");
        }
        assertThat(result("Nobody@example.com", "wrong password")).isEqualTo("too_many_attempts");
    }

    @Test
    void aLoginForgetsTheWrongPasswordsBeforeIt() {
        registered("anna@example.com");
        for (int round = 1; round <= 2; round++) {
            for (int wrong = 1; wrong <= 9; wrong++) {
                assertThat(result("anna@example.com", "wrong password")).isEqualTo("wrong_credentials");
            }
            assertThat(result("anna@example.com", PASSWORD)).isEqualTo("accepted");
        }
    }

    @Test
    void anotherNodeKnowsTheWrongPasswordsToo() {
        registered("anna@example.com");
        for (int wrong = 1; wrong <= 10; wrong++) {
            result("anna@example.com", "wrong password");
        }
        try (var other = new TestServer(Map.of(), clock, server.database())) {
            var there = other.client(bss.key())
                    .post(
                            "/credential_checks",
                            "{'data':{'type':'CredentialCheck','attributes':{'email':'anna@example.com',"
                                    + "'password':'" + PASSWORD + "'}}}");
            assertThat(there.textAt("/data/attributes/result")).isEqualTo("too_many_attempts");
        }
    }

    @Test
    void guessesAtOnceGetNoMoreThanTenAnswers() throws Exception {
        registered("anna@example.com");
        Callable<String> guess = () -> result("anna@example.com", "wrong password");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var guesses = threads.invokeAll(
                    IntStream.range(0, 40).mapToObj(at -> guess).toList());
            long answered = guesses.stream()
                    .filter(future -> future.resultNow().equals("wrong_credentials"))
                    .count();
            assertThat(answered).isEqualTo(10);
        }
    }

    @Test
    void anImportedHashVerifiesAndIsHashedAnewAtTheFirstLogin() {
        var user = bss.createUser("'contact_details':{'email':'old@example.com'},"
                + "'registration_information':{'registration_state':'REGISTERED'}");
        // The vector of Openwall's crypt_blowfish: "U*U".
        var imported = importHash(user.id(), "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
        assertThat(imported.status()).as(imported.text()).isEqualTo(204);
        assertThat(bss.get("/users/" + user.id())
                        .at("/data/meta/security/password_set")
                        .asBoolean())
                .isTrue();
        assertThat(result("old@example.com", "U*U*")).isEqualTo("wrong_credentials");
        assertThat(result("old@example.com", "U*U")).isEqualTo("accepted");
        assertThat(server.value("select password_hash from roster_user where id = ?", UUID.fromString(user.id())))
                .startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(bss.get("/users/" + user.id()).at("/data/meta/version").asInt())
                .isEqualTo(2);
        assertThat(result("old@example.com", "U*U")).isEqualTo("accepted");
        assertThat(server.value(
                        "select string_agg(coalesce(after::text, ''), '') from user_event where user_id = ?",
                        UUID.fromString(user.id())))
                .contains("password_set")
                .doesNotContain("$2a$");
    }

    private Response importHash(String user, String hash) {
        return server.newKey(null, "admin")
                .put(
                        server.url() + "/api/admin/v1/tenants/" + tenant + "/users/" + user + "/password_hash",
                        "{'data':{'type':'PasswordHash','attributes':{'hash':'" + hash + "'}}}");
    }

    @Test
    void aHashThatIsNoneOrNobodysIsRefused() {
        var user = bss.createUser("'name':'Anna'").id();
        assertThat(importHash(user, "plain text").code()).isEqualTo("invalid_value");
        assertThat(importHash(
                                UUID.randomUUID().toString(),
                                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")
                        .status())
                .isEqualTo(404);
        assertThat(bss.put(server.url() + "/api/admin/v1/tenants/" + tenant + "/users/" + user + "/password_hash", "{}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aKeyWithoutTheScopeIsRefused() {
        var other = server.newKey(tenant, "users:read", "users:write");
        assertThat(other.post("/credential_checks", "{}").code()).isEqualTo("insufficient_scope");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'password':'x' | invalid_value | /data/attributes",
                "'email':'a@b.c','external_id':'1','password':'x' | invalid_value | /data/attributes",
                "'email':'a@b.c' | invalid_value | /data/attributes",
                "'email':null,'password':'x' | wrong_type | /data/attributes/email",
                "'email':'a@b.c','password':7 | wrong_type | /data/attributes/password",
                "'email':'a@b.c','password':null | wrong_type | /data/attributes/password",
                "'email':'a\\u0000b','password':'x' | invalid_value | /data/attributes/email",
                "'email':'a@b.c','password':'a\\u0000b' | invalid_value | /data/attributes/password",
                "'email':'a@b.c','password':'x','pin':1 | unknown_member | /data/attributes/pin"
            })
    void aMalformedCheckIsRefused(String attributes, String code, String pointer) {
        var response = check(attributes);
        assertThat(response.status()).as(response.text()).isEqualTo(422);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.source()).isEqualTo(pointer);
    }
}
