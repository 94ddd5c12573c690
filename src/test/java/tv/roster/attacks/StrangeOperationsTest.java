package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.operations.Atomic;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Together;

/// Documents of operations that no honest client sends: all are refused clearly, and change nothing.
class StrangeOperationsTest {
    private static final String BASE = "/api/user/management/v4";

    private final TestServer server = TestServer.shared();
    private final ApiClient bss = server.newTenant();
    private final String anna = bss.createUser("'external_id':'a'").id();

    private void refused(String document, int... statuses) {
        var response = Atomic.document(bss, document);
        assertThat(statuses).as(response.text()).contains(response.status());
        ContractForm.checkError(response);
        assertThat(response.at("/errors").size()).isBetween(1, 100);
        assertThat(bss.allUserIds()).containsExactly(anna);
    }

    @Test
    void deepDocumentsAreRefused() {
        refused("{'atomic:operations':" + "[".repeat(100_000) + "]".repeat(100_000) + "}", 400);
        refused("{'a':".repeat(100_000) + "1" + "}".repeat(100_000), 400);
        var deep = "{'a':".repeat(400) + "1" + "}".repeat(400);
        refused("{'atomic:operations':[{'op':'add','data':{'type':'User','attributes':" + deep + "}}]}", 422);
        refused("{'atomic:operations':[{'op':'add','data':{'type':'User','relationships':" + deep + "}}]}", 422);
        refused("{'atomic:operations':[{'op':'remove','ref':" + deep + "}]}", 422);
    }

    @Test
    void tooMuchIsRefused() {
        refused("{'atomic:operations':[" + String.join(",", Atomic.users(10_000)) + "]}", 422);
        refused("{'atomic:operations':[" + "{},".repeat(200_000) + "{}]}", 422);
        var name = "x".repeat(1 << 20);
        refused(
                "{'atomic:operations':[{'op':'add','data':{'type':'User','attributes':{'name':'" + name + "'}}}]}",
                413);
    }

    @Test
    void aHundredProblemsAreReported() {
        var members =
                IntStream.range(0, 10_000).mapToObj(at -> "'m" + at + "':1").collect(Collectors.joining(","));
        refused("{'atomic:operations':[{'op':'add','data':{'type':'User'}," + members + "}]}", 422);
        refused("{'atomic:operations':[{'op':'add','data':{'type':'User','attributes':{" + members + "}}}]}", 422);
        refused("{'atomic:operations':[{'op':'add','data':{'type':'User'}}]," + members + "}", 422);
        var lids = IntStream.range(0, 10_000)
                .mapToObj(at -> "{'type':'UserProfile','lid':'l" + at + "'}")
                .collect(Collectors.joining(","));
        refused(
                "{'atomic:operations':[{'op':'update','data':{'type':'User','id':'" + anna
                        + "','relationships':{'user_profiles':{'data':[" + lids + "]}}}}]}",
                422);
        var relationships = IntStream.range(0, 5_000)
                .mapToObj(at -> "'r/~" + at + "':{'data':{'type':'User','lid':'" + at + "'}}")
                .collect(Collectors.joining(","));
        refused(
                "{'atomic:operations':[{'op':'add','data':{'type':'User','relationships':{" + relationships + "}}}]}",
                422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BASE + "/users/../users/ANNA",
                BASE + "/users/%2e%2e/ANNA",
                BASE + "/users/.",
                BASE + "/users//ANNA",
                BASE + "//users/ANNA",
                BASE + "/users/ANNA%2F",
                BASE + "/users%2FANNA",
                BASE + "/%75sers/ANNA",
                BASE + "/users/ANNA/.",
                BASE + "/users/ANNA;x=1",
                BASE + "/users/ ANNA",
                BASE + "/users/\\u0000ANNA",
                BASE + "/users/ANNA\\n",
                BASE + "/users/%00",
                BASE + "/users/%C0%AF",
                BASE + "/users/by_external_id/%61/x",
                BASE + "/users/by_external_id/",
                BASE + "/users/by_external_id/..%2Fa",
                BASE + "/users/by_external_id/a%2F",
                BASE + "/users/by_external_id/ä",
                BASE + "/USERS/ANNA",
                BASE + "?x",
                BASE + "/users/ANNA?x",
                BASE + "/users/ANNA%3Fx",
                BASE,
                BASE + "/",
                "/api/user/management/v4x/users/ANNA",
                "/api/admin/v1/tenants/ANNA",
                "//127.0.0.1" + BASE + "/users/ANNA",
                "http://" + BASE + "/users/ANNA",
                "http://example.com" + BASE + "/users/ANNA",
                "HOST.example.com" + BASE + "/users/ANNA",
                "HOST@example.com" + BASE + "/users/ANNA",
                "HOST/x" + BASE + "/users/ANNA",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "\\ud800",
                " " + BASE + "/users/ANNA"
            })
    void strangeAddressesLeadNowhere(String address) {
        var href = address.replace("ANNA", anna).replace("HOST", server.url());
        for (var operation : List.of(
                "{'op':'remove','href':'" + href + "'}",
                "{'op':'update','href':'" + href + "','data':{'type':'User','id':'" + anna
                        + "','attributes':{'name':'X'}}}",
                "{'op':'add','href':'" + href + "/user_profiles','data':{'type':'UserProfile','attributes':"
                        + "{'name':'X'}}}")) {
            refused("{'atomic:operations':[" + operation + "]}", 404, 422);
        }
        assertThat(bss.get("/users/" + anna).at("/data/meta/version").asInt()).isEqualTo(1);
    }

    @Test
    void strangeLidsAreTextsLikeOthers() {
        var lids = List.of("__proto__", "\\u202e\\u202d", "a".repeat(256), "😀".repeat(256), "$1", "%s", "{user_id}");
        for (var lid : lids) {
            var response = Atomic.send(
                    bss, Atomic.addUser(lid, ""), "{'op':'remove','ref':{'type':'User','lid':'" + lid + "'}}");
            assertThat(response.status()).as(lid).isEqualTo(200);
        }
        for (var lid : List.of("a".repeat(257), "\\n", "\\ude00", "a\\u0000")) {
            refused("{'atomic:operations':[" + Atomic.addUser(lid, "") + "]}", 422);
        }
        // An id that stands for a lid inside of the server is none outside of it.
        refused("{'atomic:operations':[" + Atomic.update("00000000-0000-0000-0000-000000000000", "") + "]}", 404);
    }

    /// All passwords of a call are hashed one after the other, and tenants take turns.
    @Test
    void aHundredPasswordsHoldUpNobodyElse() {
        var other = server.newKey(server.addTenant(), "users:write", "credentials:verify");
        other.post(
                "/users",
                "{'data':{'type':'User','attributes':{'external_id':'b','registration_information':"
                        + "{'registration_state':'REGISTERED'}},'meta':{'security':{'user_password':'correct horse 5'}}}}");
        var operations = IntStream.range(0, 100)
                .mapToObj(at -> "{'op':'add','data':{'type':'User','meta':{'security':{'user_password':"
                        + "'correct horse " + at + "'}}}}")
                .toList();
        var call = Together.start(() -> Atomic.send(bss, operations));
        var login = other.post(
                "/credential_checks",
                "{'data':{'type':'CredentialCheck','attributes':{'external_id':'b','password':'correct horse 5'}}}");
        assertThat(login.textAt("/data/attributes/result")).isEqualTo("accepted");
        assertThat(call).isNotDone();
        assertThat(call.join().status()).isEqualTo(200);
    }
}
