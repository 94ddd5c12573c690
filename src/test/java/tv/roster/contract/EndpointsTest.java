package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.NOBODY;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.refused;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Section 4, the table of endpoints.
class EndpointsTest {
    private final ApiClient bss = TestServer.shared().newTenant();
    private String user;
    private String profile;

    @BeforeEach
    void createUser() {
        var created = bss.createUser("'external_id':'c 1','contact_details':{'email':'a@example.com'}");
        user = created.id();
        profile = created.textAt("/data/relationships/default_user_profile/data/id");
    }

    private String path(String template) {
        return template.replace("{user}", user).replace("{profile}", profile).replace("{nobody}", NOBODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users",
                "/users/{user}",
                "/users/by_external_id/c%201",
                "/users/{user}/relationships/default_user_profile",
                "/users/{user}/default_user_profile",
                "/users/{user}/user_profiles",
                "/users/{user}/relationships/user_profiles",
                "/user_profiles/{profile}"
            })
    void getAnswersWithItsOwnAddressAndHeadWithoutTheBody(String template) {
        var read = answered(bss.get(path(template)), 200);
        assertThat(read.textAt("/links/self")).isEqualTo(bss.base() + path(template));
        assertThat(read.textAt("/jsonapi/version")).isEqualTo("1.1");
        var head = bss.send("HEAD", path(template), null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.etag()).isEqualTo(read.etag());
        assertThat(head.header("Content-Type")).isEqualTo(read.header("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/users|GET, HEAD, POST, OPTIONS",
                "/users/{user}|GET, HEAD, PATCH, DELETE, OPTIONS",
                "/users/by_external_id/c1|GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
                "/users/{user}/relationships/default_user_profile|GET, HEAD, PATCH, OPTIONS",
                "/users/{user}/default_user_profile|GET, HEAD, OPTIONS",
                "/users/{user}/user_profiles|GET, HEAD, POST, OPTIONS",
                "/users/{user}/relationships/user_profiles|GET, HEAD, OPTIONS",
                "/user_profiles/{profile}|GET, HEAD, PATCH, DELETE, OPTIONS",
            })
    void optionsAndOtherMethodsCarryAllow(String template, String allow) {
        var options = bss.send("OPTIONS", path(template), null);
        assertThat(options.header("Allow")).isEqualTo(allow);
        for (var method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}) {
            if (!allow.contains(method)) {
                var response = bss.send(method, path(template), method.startsWith("P") ? "{}" : null);
                refused(response, 405, "method_not_allowed");
                assertThat(response.header("Allow")).isEqualTo(allow);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/users/{id}",
                "PATCH|/users/{id}",
                "DELETE|/users/{id}",
                "GET|/users/{id}/relationships/default_user_profile",
                "PATCH|/users/{id}/relationships/default_user_profile",
                "GET|/users/{id}/default_user_profile",
                "GET|/users/{id}/user_profiles",
                "POST|/users/{id}/user_profiles",
                "GET|/users/{id}/relationships/user_profiles",
                "GET|/user_profiles/{id}",
                "PATCH|/user_profiles/{id}",
                "DELETE|/user_profiles/{id}",
                "GET|/users/by_external_id/{id}",
                "PATCH|/users/by_external_id/{id}",
                "DELETE|/users/by_external_id/{id}",
            })
    void whatDoesNotExistIs404BeforeAnythingLooksAtTheBody(String method, String template) {
        for (var id : new String[] {NOBODY, "x", "1-1-1-1-1", "%00", "%F0%9F%98%80", "a".repeat(300)}) {
            for (var body : new String[] {"{}", "[", "{'data':{'type':'Cat','id':'y'}}"}) {
                var sent = method.startsWith("P") ? body : null;
                refused(bss.send(method, template.replace("{id}", id), sent), 404, "not_found");
            }
        }
    }

    @Test
    void aDeletedUserIsGoneAndItsExternalIdAndEmailAreFreeAtOnce() {
        answered(bss.delete("/users/" + user), 204);
        refused(bss.get("/users/" + user), 404, "not_found");
        refused(bss.get("/users/by_external_id/c%201"), 404, "not_found");
        refused(bss.get("/user_profiles/" + profile), 404, "not_found");
        refused(bss.delete("/users/" + user), 404, "not_found");
        refused(bss.patchUser(user, ""), 404, "not_found");
        assertThat(Expect.ids(bss.get("/users"))).isEmpty();
        bss.createUser("'external_id':'c 1','contact_details':{'email':'A@example.com'}");
    }

    @Test
    void idsAreFoundInEitherCase() {
        answered(bss.get("/users/" + user.toUpperCase(java.util.Locale.ROOT)), 200);
    }

    @Test
    void anyOtherQueryParameterIsRefused() {
        for (var path : new String[] {
            "/users",
            "/users/{user}",
            "/user_profiles/{profile}",
            "/users/{user}/user_profiles",
            "/users/{user}/relationships/user_profiles",
            "/users/{user}/relationships/default_user_profile",
            "/users/{user}/default_user_profile",
            "/users/by_external_id/c%201"
        }) {
            refused(bss.get(path(path) + "?colour=red"), 400, "bad_query", "colour");
        }
        refused(bss.post("/users?x=1", ApiClient.user("{}")), 400, "bad_query", "x");
        refused(bss.delete("/users/" + user + "?x"), 400, "bad_query", "x");
    }
}
