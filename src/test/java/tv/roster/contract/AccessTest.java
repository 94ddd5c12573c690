package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.access.ApiKeySecret;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;

/// Section 1 of the contract, "Access", as far as keys and scopes go.
class AccessTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String ANY_ID = "0198c0de-0000-7000-8000-000000000000";

    private final UUID tenant = SERVER.addTenant();
    private final ApiClient bss = SERVER.newKey(tenant, "users:read", "users:write");

    private static Response unauthorized(Response response) {
        ContractForm.checkError(response);
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.code()).isEqualTo("unauthorized");
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Apikey realm=\"roster\"");
        return response;
    }

    /// All that a client can see of an answer, but for the time.
    static String seen(Response response) {
        var headers = new TreeMap<>(response.headers().map());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("date"));
        return response.status() + " " + headers + " " + response.text();
    }

    private Response asked(String authorization) {
        return bss.get("/users", "Authorization", authorization, "X-Request-Id", "same");
    }

    private void update(String key, String column, Long value) {
        SERVER.execute("update api_key set " + column + " = ? where prefix = ?", value, key.substring(4, 12));
        SERVER.execute("update installation set access_version = access_version + 1");
    }

    private ApiClient keyWith(String column, Long value) {
        var key = SERVER.newKey(tenant, "users:read", "users:write");
        update(key.key(), column, value);
        // The next key that is made is known only together with this change.
        SERVER.newKey(tenant);
        return key;
    }

    @Test
    void theAnswerNeverTellsWhatIsWrongWithAKey() {
        long past = Instant.now().getEpochSecond() - 1;
        var key = bss.key();
        var missing = seen(unauthorized(asked(null)));
        var wrong = Stream.of(
                "",
                "Apikey",
                "Apikey ",
                "Apikey  ",
                key,
                "Bearer " + key,
                "Basic " + key,
                "Apikey" + key,
                "Apikey=" + key,
                "Apikey " + key + " " + key,
                "Apikey " + key + ", Apikey " + key,
                "Apikey \"" + key + "\"",
                "Apikey nonsense",
                "Apikey " + "x".repeat(10_000),
                "Apikey " + key.substring(0, key.length() - 1),
                "Apikey " + key + "x",
                "Apikey " + key.toUpperCase(Locale.ROOT),
                "Apikey " + key.substring(0, 12) + ApiKeySecret.random().value().substring(12),
                "Apikey " + ApiKeySecret.random().value(),
                "Apikey " + keyWith("expires_time", past).key(),
                "Apikey " + keyWith("revoked_time", past).key());
        assertThat(wrong)
                .allSatisfy(authorization ->
                        assertThat(seen(unauthorized(asked(authorization)))).isEqualTo(missing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apikey", "apikey", "APIKEY", "ApiKey", "aPiKeY"})
    void theSchemeWordIsCaseInsensitive(String scheme) {
        assertThat(asked(scheme + " " + bss.key()).status()).isEqualTo(200);
    }

    @Test
    void aKeyThatExpiresLaterIsGood() {
        var later = keyWith("expires_time", Instant.now().getEpochSecond() + 3600);
        assertThat(later.get("/users").status()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyIsRefusedWithinASecond() {
        var key = SERVER.newKey(tenant, "users:read");
        assertThat(key.get("/users").status()).isEqualTo(200);
        update(key.key(), "revoked_time", Instant.now().getEpochSecond());
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> key.get("/users").status() == 401);
        assertThat(bss.get("/users").status()).isEqualTo(200);
    }

    static Stream<Arguments> calls() {
        var user = "/users/" + ANY_ID;
        var external = "/users/by_external_id/x";
        var profile = "/user_profiles/" + ANY_ID;
        return Stream.of(
                        Map.entry("users:read", List.of("GET /users", "HEAD /users", "GET " + user, "GET " + external)),
                        Map.entry(
                                "users:read",
                                List.of(
                                        "GET " + user + "/relationships/default_user_profile",
                                        "GET " + user + "/default_user_profile",
                                        "GET " + user + "/user_profiles",
                                        "GET " + user + "/relationships/user_profiles",
                                        "GET " + profile)),
                        Map.entry("users:write", List.of("POST /users", "PATCH " + user, "DELETE " + user)),
                        Map.entry("users:write", List.of("PUT " + external, "PATCH " + external, "DELETE " + external)),
                        Map.entry(
                                "users:write",
                                List.of(
                                        "PATCH " + user + "/relationships/default_user_profile",
                                        "POST " + user + "/user_profiles",
                                        "PATCH " + profile,
                                        "DELETE " + profile)))
                .flatMap(entry -> entry.getValue().stream().map(call -> Arguments.of(call, entry.getKey())));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aMissingScopeIs403(String call, String scope) {
        var others = Stream.of(
                        "users:read", "users:write", "credentials:verify", "bulk", "events:read", "webhooks", "admin")
                .filter(other -> !other.equals(scope))
                .toArray(String[]::new);
        var parts = call.split(" ", 2);
        var response = SERVER.newKey(tenant, others).send(parts[0], parts[1], parts[0].startsWith("P") ? "{" : null);
        assertThat(response.status()).isEqualTo(403);
        if (!parts[0].equals("HEAD")) {
            assertThat(ContractForm.checkError(response).code()).isEqualTo("insufficient_scope");
            assertThat(response.textAt("/errors/0/detail")).contains(scope);
        }
        assertThat(SERVER.newKey(tenant, scope).send(parts[0], parts[1], null).status())
                .isNotIn(401, 403);
    }

    @ParameterizedTest
    @CsvSource({
        // Who calls, what, Accept, Content-Type, body: the answer
        "nobody, POST, /users, text/html, text/plain, {, 401",
        "nobody, GET, /nothing, '', '', '', 401",
        "nobody, BREW, /users, '', '', '', 401",
        "nobody, OPTIONS, /users, '', '', '', 401",
        "nobody, GET, /users?nonsense=1, '', '', '', 401",
        "reader, POST, /users, text/html, text/plain, {, 403",
        "reader, PATCH, /users/nobody, '', '', {, 403",
        "reader, DELETE, /users/nobody, '', '', '', 403",
        "writer, GET, /users?nonsense=1, text/html, '', '', 403",
        "writer, GET, /users/nobody, '', '', '', 403",
        "writer, POST, /nothing, text/html, text/plain, {, 404",
        "writer, POST, /users/nobody, text/html, text/plain, {, 405",
        "writer, PATCH, /users/nobody, '', '', {, 404",
        "writer, PATCH, /user_profiles/nobody, '', '', {, 404",
        "writer, POST, /users/nobody/user_profiles, '', '', {, 404",
        "writer, PATCH, /users/ID, text/html, text/plain, {, 404",
        "writer, PATCH, /users/ID, '', '', {, 404",
        "writer, PATCH, /users/by_external_id/nobody, '', '', {, 404",
        "writer, PATCH, /users/ID/relationships/default_user_profile, '', '', {, 404",
        "writer, POST, /users/ID/user_profiles, '', '', {, 404",
        "writer, PATCH, /user_profiles/ID, '', '', {, 404",
        "writer, PUT, /users/by_external_id/nobody, '', '', {, 400",
        "writer, POST, /users, text/html, text/plain, {, 406",
        "writer, POST, /users, '', text/plain, {, 415",
        "writer, POST, /users, '', '', {, 400"
    })
    void refusalsComeInTheirOrder(
            String who, String method, String path, String accept, String contentType, String body, int status) {
        var client = switch (who) {
            case "reader" -> SERVER.newKey(tenant, "users:read");
            case "writer" -> SERVER.newKey(tenant, "users:write");
            default -> SERVER.client(null);
        };
        var response = client.send(
                method,
                path.replace("ID", ANY_ID),
                body.isEmpty() ? null : body,
                "Accept",
                accept.isEmpty() ? "*/*" : accept,
                contentType.isEmpty() ? "X-Nothing" : "Content-Type",
                contentType.isEmpty() ? "x" : contentType);
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        ContractForm.checkError(response);
    }
}
