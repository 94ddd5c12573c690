package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.patiently;
import static tv.roster.contract.Expect.refused;
import static tv.roster.contract.Expect.user;
import static tv.roster.testing.Response.etag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// Section 4, calls that address a user by the BSS's own id.
class ExternalIdTest {
    private final ApiClient bss = TestServer.shared().newTenant();

    @ParameterizedTest
    @ValueSource(strings = {"c1", "a/b", "a b", "ä😀", "100%", "?#&", "..", "a+b", "by_external_id", "%2F"})
    void anExternalIdIsPercentEncodedInThePath(String externalId) {
        var path = "/users/by_external_id/"
                + URLEncoder.encode(externalId, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace(".", "%2E");
        var made = answered(bss.put(path, ApiClient.user("{'name':'Anna'}")), 201);
        assertThat(made.textAt("/data/attributes/external_id")).isEqualTo(externalId);
        assertThat(made.header("Location")).isEqualTo(bss.base() + "/users/" + made.id());
        assertThat(made.textAt("/links/self")).isEqualTo(made.header("Location"));
        assertThat(made.etag()).isEqualTo(etag(1));
        var read = answered(bss.get(path), 200);
        assertThat(read.at("/data")).isEqualTo(bss.get("/users/" + made.id()).at("/data"));
        answered(bss.patch(path, user(made.id(), "'attributes':{'name':'Bea'}")), 200);
        assertThat(answered(bss.put(path, ApiClient.user("{'name':'Cea'}")), 200)
                        .etag())
                .isEqualTo(etag(3));
        answered(bss.delete(path), 204);
        refused(bss.get(path), 404, "not_found");
    }

    @Test
    void putMergesAsPatchDoes() {
        var path = "/users/by_external_id/c1";
        var made = bss.put(
                path,
                ApiClient.user("{'name':'Anna','contact_details':{'email':'a@example.com',"
                        + "'telephone_number_E123':'+358 40 123 4567'}}"));
        var merged = bss.put(path, ApiClient.user("{'contact_details':{'email':'b@example.com'}}"));
        assertThat(answered(merged, 200).textAt("/data/attributes/name")).isEqualTo("Anna");
        assertThat(merged.textAt("/data/attributes/contact_details/telephone_number_E123"))
                .isEqualTo("+358 40 123 4567");
        assertThat(merged.header("Location")).isNull();
        var same = bss.put(path, ApiClient.user("{'contact_details':{'email':'b@example.com'}}"));
        assertThat(same.etag()).isEqualTo(etag(2));
        assertThat(bss.put(path, "{'data':{'type':'User'}}").etag()).isEqualTo(etag(2));
        assertThat(bss.put(path, user(made.id(), "")).etag()).isEqualTo(etag(2));
    }

    @Test
    void theExternalIdInTheDocumentIsThatOfThePath() {
        var path = "/users/by_external_id/c1";
        answered(bss.put(path, ApiClient.user("{'external_id':'c1'}")), 201);
        for (var other : new String[] {"'c2'", "null"}) {
            var response = bss.put(path, ApiClient.user("{'external_id':" + other + "}"));
            refused(response, 409, "id_mismatch", "/data/attributes/external_id");
        }
        refused(bss.put(path, user(Expect.NOBODY, "")), 409, "id_mismatch", "/data/id");
        refused(bss.put(path, user("x", "")), 409, "id_mismatch", "/data/id");
        var fresh = "/users/by_external_id/fresh";
        refused(bss.put(fresh, user(Expect.NOBODY, "")), 403, "client_id_not_allowed", "/data/id");
        refused(bss.get(fresh), 404, "not_found");
    }

    @Test
    void patchMayChangeTheExternalId() {
        var id = bss.createUser("'external_id':'old'").id();
        answered(bss.patch("/users/by_external_id/old", user(id, "'attributes':{'external_id':'new'}")), 200);
        refused(bss.get("/users/by_external_id/old"), 404, "not_found");
        answered(bss.get("/users/by_external_id/new"), 200);
    }

    @Test
    void externalIdsAreCaseSensitive() {
        answered(bss.put("/users/by_external_id/c1", ApiClient.user("{}")), 201);
        answered(bss.put("/users/by_external_id/C1", ApiClient.user("{}")), 201);
    }

    @Test
    void anExternalIdThatBreaksItsRuleCreatesNobody() {
        refused(bss.put("/users/by_external_id/" + "a".repeat(129), ApiClient.user("{}")), 422, "too_long");
        refused(bss.put("/users/by_external_id/a%00b", ApiClient.user("{}")), 404, "not_found");
        refused(bss.put("/users/by_external_id/a%0Ab", ApiClient.user("{}")), 422, "invalid_value");
        refused(bss.put("/users/by_external_id/", ApiClient.user("{}")), 404, "not_found");
        refused(bss.put("/users/by_external_id/a%ff", ApiClient.user("{}")), 404, "not_found");
    }

    @Test
    void aTakenEmailIsToldOnPutToo() {
        var other =
                bss.createUser("'contact_details':{'email':'a@example.com'}").id();
        bss.createUser("'external_id':'there'");
        for (var path : List.of("/users/by_external_id/new", "/users/by_external_id/there")) {
            var taken = bss.put(path, ApiClient.user("{'contact_details':{'email':'A@example.com'}}"));
            refused(taken, 409, "email_taken", "/data/attributes/contact_details/email");
            assertThat(taken.textAt("/errors/0/meta/existing_id")).isEqualTo(other);
        }
    }

    @Test
    void readOnlyMembersOfANewUserAreNullOrAbsentOnPut() {
        var path = "/users/by_external_id/c1";
        var wrong = "{'data':{'type':'User','meta':{'version':1,'created_time':null}}}";
        refused(bss.put(path, wrong), 422, "read_only", "/data/meta/version");
        var fine = "{'data':{'type':'User','meta':{'version':null,'created_time':null}}}";
        answered(bss.put(path, fine), 201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'contact_details':{'email':'race@example.com'}}",
                "{'name':'Anna','user_flags':['LOGIN_RESTRICTED']}"
            })
    void fiftyPutsAtOnceMakeOneUser(String attributes) {
        race(number -> bss.put("/users/by_external_id/race", ApiClient.user(attributes)));
    }

    @Test
    void fiftyPutsAtOnceWithKeysOfTheirOwnMakeOneUserToo() {
        race(number -> bss.put(
                "/users/by_external_id/race",
                ApiClient.user("{'contact_details':{'email':'race@example.com'}}"),
                "Idempotency-Key",
                "k" + number));
    }

    private void race(java.util.function.IntFunction<Response> put) {
        var answers = Together.run(50, number -> patiently(() -> put.apply(number)));
        assertThat(answers.stream().collect(Collectors.groupingBy(Response::status, Collectors.counting())))
                .as(answers.stream()
                        .filter(answer -> answer.status() > 201)
                        .map(Response::text)
                        .findFirst()
                        .orElse(""))
                .isEqualTo(java.util.Map.of(201, 1L, 200, 49L));
        assertThat(answers.stream().map(Response::id).distinct()).hasSize(1);
        assertThat(Expect.ids(bss.get("/users"))).hasSize(1);
        assertThat(bss.get("/users/by_external_id/race").etag()).isEqualTo(etag(1));
    }

    @Test
    void putsAndDeletesMayRace() {
        var answers = Together.run(
                40,
                number -> number % 2 == 0
                        ? bss.put("/users/by_external_id/race", ApiClient.user("{}"))
                                .status()
                        : bss.delete("/users/by_external_id/race").status());
        assertThat(answers).isSubsetOf(200, 201, 204, 404);
        long made = answers.stream().filter(status -> status == 201).count();
        long gone = answers.stream().filter(status -> status == 204).count();
        assertThat(made - gone).isEqualTo(Expect.ids(bss.get("/users")).size());
    }

    @Test
    void ofManyPostsWithOneExternalIdOneWins() {
        var answers = Together.run(30, number -> bss.post("/users", ApiClient.user("{'external_id':'race'}")));
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        var winner = bss.get("/users/by_external_id/race").id();
        for (var answer : answers) {
            if (answer.status() != 201) {
                refused(answer, 409, "external_id_taken");
                assertThat(answer.textAt("/errors/0/meta/existing_id")).isEqualTo(winner);
            }
        }
    }
}
