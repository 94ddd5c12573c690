package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;

/// Section 2 of the contract, "Documents".
class DocumentsTest {
    static final String PROFILE = "https://jsonapi.org/profiles/ethanresnick/cursor-pagination/";

    private final ApiClient bss = TestServer.shared().newTenant();

    /// Every address that GET serves, with a user behind it.
    static List<String> getAddresses(ApiClient bss) {
        var user = bss.createUser("'external_id':'a/b c','name':'Anna'");
        var path = "/users/" + user.id();
        return List.of(
                "/users",
                "/users?page%5Bsize%5D=1&sort=-name&include=user_profiles",
                path,
                path + "?include=default_user_profile&fields%5BUser%5D=name,default_user_profile",
                "/users/by_external_id/a%2Fb%20c",
                path + "/relationships/default_user_profile",
                path + "/default_user_profile",
                path + "/user_profiles",
                path + "/relationships/user_profiles",
                "/user_profiles/" + user.textAt("/data/relationships/default_user_profile/data/id"));
    }

    @Test
    void everyAnswerIsADocumentOfJsonApi11WhoseSelfLinkAnswers() {
        for (var address : getAddresses(bss)) {
            var response = bss.get(address);
            assertThat(response.status()).as(address).isEqualTo(200);
            assertThat(response.header("Content-Type")).startsWith("application/vnd.api+json");
            assertThat(response.header("Content-Type")).matches("application/vnd\\.api\\+json(; profile=\"\\S+\")?");
            assertThat(response.header("Vary")).isEqualTo("Accept");
            assertThat(response.textAt("/jsonapi/version")).isEqualTo("1.1");
            assertThat(response.body().propertyNames()).isSubsetOf("jsonapi", "links", "data", "included", "meta");
            var self = response.textAt("/links/self");
            assertThat(self).startsWith(bss.base());
            assertThat(bss.get(self).text()).isEqualTo(response.text());
        }
    }

    @Test
    void everyLinkIsAbsoluteAndAnswers() {
        for (var address : getAddresses(bss)) {
            var links = new HashMap<String, String>();
            collect(bss.get(address).body(), "", links);
            assertThat(links).isNotEmpty().allSatisfy((place, link) -> {
                assertThat(link).startsWith(TestServer.shared().url() + "/");
                assertThat(bss.get(link).status()).as(place + " " + link).isEqualTo(200);
            });
        }
    }

    private static void collect(JsonNode node, String place, Map<String, String> links) {
        node.properties().forEach(member -> {
            if (member.getKey().equals("links")) {
                member.getValue().properties().forEach(link -> {
                    if (link.getValue().isString()) {
                        links.put(
                                place + "/links/" + link.getKey(),
                                link.getValue().asString());
                    }
                });
            } else {
                collect(member.getValue(), place + "/" + member.getKey(), links);
            }
        });
        for (int at = 0; node.isArray() && at < node.size(); at++) {
            collect(node.get(at), place + "/" + at, links);
        }
    }

    @Test
    void linksBeginWithTheConfiguredPublicUrl() {
        try (var server =
                new TestServer(Map.of("ROSTER_PUBLIC_URL", "https://tv.example/roster/"), InstantSource.system())) {
            var client = server.newTenant();
            var created = client.createUser("");
            var base = "https://tv.example/roster/api/user/management/v4/users";
            assertThat(created.header("Location")).isEqualTo(base + "/" + created.id());
            assertThat(created.textAt("/data/links/self")).isEqualTo(base + "/" + created.id());
            assertThat(client.get("/users").textAt("/links/self")).isEqualTo(base);
            assertThat(client.get("/nothing").textAt("/errors/0/links/about"))
                    .isEqualTo("https://tv.example/roster/errors/not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "A-b_c.9", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void aGoodRequestIdComesBack(String id) {
        var longest = id.repeat(128).substring(0, 128);
        for (var sent : List.of(id, longest)) {
            assertThat(bss.get("/users", "X-Request-Id", sent).header("X-Request-Id"))
                    .isEqualTo(sent);
            var refused = ContractForm.checkError(bss.get("/nothing", "X-Request-Id", sent));
            assertThat(refused.textAt("/errors/0/id")).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "a/b", "a\"b", "a;b", "<script>", "{}", "%0d%0a", "a:b", "a=b", "a+b"})
    void anyOtherRequestIdIsReplaced(String id) {
        for (var sent : List.of(id, "x".repeat(129))) {
            var response = bss.get("/nothing", "X-Request-Id", sent);
            assertThat(ContractForm.checkError(response).header("X-Request-Id"))
                    .isNotEqualTo(sent)
                    .matches("[A-Za-z0-9._-]{1,128}");
        }
    }

    @Test
    void everyRequestWithoutIdGetsANewOne() {
        var ids =
                List.of(bss.get("/users"), bss.get("/users"), bss.get("/nothing"), bss.send("OPTIONS", "/users", null));
        assertThat(ids).extracting(response -> response.header("X-Request-Id")).doesNotHaveDuplicates();
        assertThat(ids)
                .allSatisfy(
                        response -> assertThat(response.header("X-Request-Id")).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "/users, 'GET, HEAD, POST, OPTIONS'",
        "/users/ID, 'GET, HEAD, PATCH, DELETE, OPTIONS'",
        "/users/by_external_id/x, 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'",
        "/users/ID/relationships/default_user_profile, 'GET, HEAD, PATCH, OPTIONS'",
        "/users/ID/default_user_profile, 'GET, HEAD, OPTIONS'",
        "/users/ID/user_profiles, 'GET, HEAD, POST, OPTIONS'",
        "/users/ID/relationships/user_profiles, 'GET, HEAD, OPTIONS'",
        "/user_profiles/ID, 'GET, HEAD, PATCH, DELETE, OPTIONS'"
    })
    void optionsAnd405CarryAllow(String path, String allow) {
        var address = path.replace("ID", "0198c0de-0000-7000-8000-000000000000");
        var options = bss.send("OPTIONS", address, null);
        assertThat(options.status()).isEqualTo(204);
        assertThat(List.of(options.header("Allow").split(", "))).containsExactlyInAnyOrder(allow.split(", "));
        for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")) {
            if (!allow.contains(method)) {
                var refused = ContractForm.checkError(bss.send(method, address, null));
                assertThat(refused.code()).as(method).isEqualTo("method_not_allowed");
                assertThat(refused.header("Allow")).isEqualTo(options.header("Allow"));
            }
        }
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        for (var address : getAddresses(bss)) {
            var get = bss.get(address, "X-Request-Id", "same");
            var head = bss.send("HEAD", address, null, "X-Request-Id", "same");
            assertThat(head.text()).isEmpty();
            assertThat(seen(head)).isEqualTo(seen(get));
        }
        var nothing = bss.send("HEAD", "/nothing", null, "X-Request-Id", "same");
        assertThat(nothing.text()).isEmpty();
        assertThat(seen(nothing)).isEqualTo(seen(bss.get("/nothing", "X-Request-Id", "same")));
    }

    private static Map<String, List<String>> seen(Response response) {
        var headers = new HashMap<>(response.headers().map());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("date"));
        headers.put("status", List.of(Integer.toString(response.status())));
        return headers;
    }
}
