package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Response.etag;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;

/// Section 5 of the contract, "Errors".
class ErrorsTest {
    private static final TestServer SERVER = TestServer.shared();

    private final ApiClient bss = SERVER.newTenant("GOLD");

    static Response refused(Response response, int status, String code) {
        ContractForm.checkError(response);
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(response.code()).as(response.text()).isEqualTo(code);
        return response;
    }

    /// The codes and pointers of all errors of an answer, by pointer.
    static Map<String, String> told(Response response) {
        var told = new TreeMap<String, String>();
        for (var error : response.at("/errors")) {
            told.put(error.at("/source/pointer").asString(), error.get("code").asString());
        }
        return told;
    }

    @Test
    void theCodesAreThoseOfTheContract() {
        var ours = new TreeMap<Integer, List<String>>();
        Arrays.stream(ErrorCode.values())
                .forEach(code -> ours.computeIfAbsent(code.status(), status -> new ArrayList<>())
                        .add(code.code()));
        ContractForm.CODES.forEach(
                (status, codes) -> assertThat(ours.get(status)).containsAll(codes));
    }

    @Test
    void everyCodeHasAPageWhereLinksAboutLeads() {
        for (var code : ErrorCode.values()) {
            var page = bss.get(SERVER.url() + "/errors/" + code.code());
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(page.text()).contains(code.code()).contains(Integer.toString(code.status()));
        }
        var about = bss.get("/nothing").textAt("/errors/0/links/about");
        assertThat(about).isEqualTo(SERVER.url() + "/errors/not_found");
        refused(bss.get(SERVER.url() + "/errors/no_such_code"), 404, "not_found");
    }

    @Test
    void allProblemsOfABodyAreToldAtOnce() {
        var response = ContractForm.checkError(bss.post("/users", """
                        {"data":{"type":"User","attributes":{"name":1,"telphone":"x","user_flags":["GOLD",7,"SILVER"],
                          "contact_details":{"email":"nonsense","telephone_number_E123":"040 1","fax":"1"},
                          "registration_information":{"registration_state":"MAYBE","registration_time":5},
                          "external_id":""},
                         "relationships":{"friends":{}},
                         "meta":{"security":{"user_password":"short","hint":"x"},"version":3,"note":"x"}}}"""));
        assertThat(response.status()).isEqualTo(422);
        assertThat(told(response))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("/data/attributes/name", "wrong_type"),
                        Map.entry("/data/attributes/telphone", "unknown_member"),
                        Map.entry("/data/attributes/user_flags/1", "wrong_type"),
                        Map.entry("/data/attributes/user_flags/2", "unknown_flag"),
                        Map.entry("/data/attributes/contact_details/email", "invalid_value"),
                        Map.entry("/data/attributes/contact_details/telephone_number_E123", "invalid_value"),
                        Map.entry("/data/attributes/contact_details/fax", "unknown_member"),
                        Map.entry("/data/attributes/registration_information/registration_state", "invalid_value"),
                        Map.entry("/data/attributes/registration_information/registration_time", "read_only"),
                        Map.entry("/data/attributes/external_id", "invalid_value"),
                        Map.entry("/data/relationships/friends", "unknown_member"),
                        Map.entry("/data/meta/security/user_password", "weak_password"),
                        Map.entry("/data/meta/security/hint", "unknown_member"),
                        Map.entry("/data/meta/version", "read_only"),
                        Map.entry("/data/meta/note", "unknown_member")));
        assertThat(response.text()).doesNotContain("short");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "POST | /users | {'data':{'type':'Person'}} | 409 | type_mismatch | /data/type",
                "POST | /users | {'data':{'type':'user'}} | 409 | type_mismatch | /data/type",
                "POST | /users | {'data':{'type':'User','id':'ID'}} | 403 | client_id_not_allowed | /data/id",
                "POST | /users | {'data':{'type':'User','id':7}} | 422 | wrong_type | /data/id",
                "POST | /users | {'data':{'type':7}} | 422 | wrong_type | /data/type",
                "POST | /users | {'data':{'type':null}} | 422 | wrong_type | /data/type",
                "PATCH | /users/ID | {'data':{'type':'User'}} | 400 | malformed_document | /data",
                "PATCH | /users/ID | {'data':{'id':'ID'}} | 400 | malformed_document | /data",
                "PATCH | /users/ID | {'data':{'type':'Person','id':'ID'}} | 409 | type_mismatch | /data/type",
                "PATCH | /users/ID | {'data':{'type':'User','id':'x'}} | 409 | id_mismatch | /data/id",
                "PATCH | /users/ID | {'data':{'type':'User','id':7}} | 422 | wrong_type | /data/id",
                "PATCH | /users/ID | {'data':{'type':'User','id':null}} | 422 | wrong_type | /data/id",
                "PATCH | /user_profiles/PID | {'data':{'type':'User','id':'PID'}} | 409 | type_mismatch | /data/type",
                "PATCH | /user_profiles/PID | {'data':{'type':'UserProfile','id':'ID'}} | 409 | id_mismatch | /data/id",
                "DELETE | /user_profiles/PID | ~~ | 409 | default_profile | ",
                "GET | /users?nonsense=1 | ~~ | 400 | bad_query | nonsense",
                "GET | /users/ID?nonsense=1 | ~~ | 400 | bad_query | nonsense",
                "DELETE | /users/ID?nonsense=1 | ~~ | 400 | bad_query | nonsense",
                "GET | /users?include=friends | ~~ | 400 | bad_query | include",
                "GET | /users?sort=age | ~~ | 400 | bad_query | sort",
                "GET | /users?fields%5BUser%5D=age | ~~ | 400 | bad_query | fields[User]",
                "GET | /users?page%5Bsize%5D=0 | ~~ | 400 | bad_query | page[size]",
                "GET | /users?page%5Bsize%5D=1001 | ~~ | 400 | page_size_too_large | page[size]",
                "GET | /users?page%5Bafter%5D=x | ~~ | 400 | bad_cursor | page[after]"
            })
    void eachErrorNamesWhatIsToBlame(String method, String path, String body, int status, String code, String source) {
        var user = bss.createUser("");
        var profile = user.textAt("/data/relationships/default_user_profile/data/id");
        var response = bss.send(
                method, filled(path, user.id(), profile), body.isEmpty() ? null : filled(body, user.id(), profile));
        refused(response, status, code);
        assertThat(response.source()).isEqualTo(source);
    }

    private static String filled(String text, String user, String profile) {
        return text.replace("PID", profile).replace("ID", user);
    }

    @Test
    void aHeaderToBlameIsNamed() {
        var id = bss.createUser("").id();
        assertThat(refused(bss.get("/users/" + id, "If-None-Match", "1"), 400, "bad_header")
                        .source())
                .isEqualTo("If-None-Match");
        assertThat(refused(bss.patchUser(id, "", "If-Match", "1"), 400, "bad_header")
                        .source())
                .isEqualTo("If-Match");
        assertThat(refused(bss.delete("/users/" + id, "Idempotency-Key", "a b"), 400, "bad_header")
                        .source())
                .isEqualTo("Idempotency-Key");
        refused(bss.patchUser(id, "", "If-Match", etag(9)), 412, "version_mismatch");
    }

    @Test
    void aReusedKeyIsToldAlsoWhereWhatItWasUsedForIsGone() {
        var id = bss.createUser("").id();
        assertThat(bss.delete("/users/" + id, "Idempotency-Key", "once").status())
                .isEqualTo(204);
        refused(bss.patchUser(id, "", "Idempotency-Key", "once"), 422, "idempotency_key_reused");
    }

    @Test
    void aTakenValueNamesItsUser() {
        var id = bss.createUser("'external_id':'7','contact_details':{'email':'Anna@Example.com'}")
                .id();
        var email = refused(
                bss.post("/users", ApiClient.user("{'contact_details':{'email':'anna@example.COM'}}")),
                409,
                "email_taken");
        assertThat(email.textAt("/errors/0/meta/existing_id")).isEqualTo(id);
        assertThat(email.source()).isEqualTo("/data/attributes/contact_details/email");
        var external = refused(bss.post("/users", ApiClient.user("{'external_id':'7'}")), 409, "external_id_taken");
        assertThat(external.textAt("/errors/0/meta/existing_id")).isEqualTo(id);
        assertThat(external.source()).isEqualTo("/data/attributes/external_id");
    }

    @Test
    void secretsAreInNoAnswer() {
        var password = "correct horse " + Instant.now().toEpochMilli();
        var body = "{'data':{'type':'User','attributes':{'name':5}," + "'meta':{'security':{'user_password':'"
                + password + "'}}}}";
        var refused = refused(bss.post("/users", body), 422, "wrong_type");
        var created = bss.post("/users", body.replace("5", "null"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(refused.text() + created.text() + bss.get("/users").text())
                .doesNotContain(password)
                .doesNotContain("user_password")
                .doesNotContain("argon2")
                .doesNotContain(bss.key());
    }
}
