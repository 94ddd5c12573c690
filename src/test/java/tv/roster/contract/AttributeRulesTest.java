package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Section 3, the rules of each member and the pointers of what breaks them.
class AttributeRulesTest {
    private final ApiClient bss = TestServer.shared().newTenant("GOLD", "A_1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name|''|invalid_value",
                "name|'   '|invalid_value",
                "name|'a\\u0000b'|invalid_value",
                "name|'a\\nb'|invalid_value",
                "name|'\\ud800'|invalid_value",
                "name|5|wrong_type",
                "name|[]|wrong_type",
                "name|true|wrong_type",
                "external_id|''|invalid_value",
                "external_id|'a\\tb'|invalid_value",
                "external_id|17|wrong_type",
                "external_id|{}|wrong_type",
                "user_flags|'GOLD'|wrong_type",
                "user_flags|{}|wrong_type",
                "contact_details|[]|wrong_type",
                "contact_details|'a@b.fi'|wrong_type",
                "registration_information|null|wrong_type",
                "registration_information|[]|wrong_type",
                "registration_information|'REGISTERED'|wrong_type",
            })
    void anAttributeThatBreaksItsRuleIsToldWithItsPointer(String member, String value, String code) {
        var response = bss.post("/users", ApiClient.user("{'" + member + "':" + value + "}"));
        refused(response, 422, code, "/data/attributes/" + member);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "user_flags|['NONE']|unknown_flag|/0",
                "user_flags|['GOLD','NONE']|unknown_flag|/1",
                "user_flags|['GOLD','GOLD']|invalid_value|/1",
                "user_flags|['GOLD',1]|wrong_type|/1",
                "user_flags|[null]|wrong_type|/0",
                "contact_details|{'email':5}|wrong_type|/email",
                "contact_details|{'email':'nobody'}|invalid_value|/email",
                "contact_details|{'email':''}|invalid_value|/email",
                "contact_details|{'telephone_number_E123':'040 123 4567'}|invalid_value|/telephone_number_E123",
                "contact_details|{'telephone_number_E123':'+358  40 1234567'}|invalid_value|/telephone_number_E123",
                "contact_details|{'telephone_number_E123':3584012}|wrong_type|/telephone_number_E123",
                "contact_details|{'telphone':'x'}|unknown_member|/telphone",
                "registration_information|{'registration_state':null}|wrong_type|/registration_state",
                "registration_information|{'registration_state':'registered'}|invalid_value|/registration_state",
                "registration_information|{'registration_state':1}|wrong_type|/registration_state",
                "registration_information|{'registration_time':1}|read_only|/registration_time",
                "registration_information|{'a~b/c':1}|unknown_member|/a~0b~1c",
            })
    void pointersGoDownToTheMemberAtFault(String member, String value, String code, String below) {
        var response = bss.post("/users", ApiClient.user("{'" + member + "':" + value + "}"));
        refused(response, 422, code, "/data/attributes/" + member + below);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'attributes':{'telphone':1}|unknown_member|/data/attributes/telphone",
                "'attributes':[]|wrong_type|/data/attributes",
                "'meta':{'version':1}|read_only|/data/meta/version",
                "'meta':{'created_time':1}|read_only|/data/meta/created_time",
                "'meta':{'updated_time':1}|read_only|/data/meta/updated_time",
                "'meta':{'security':{'password_set':true}}|read_only|/data/meta/security/password_set",
                "'meta':{'colour':1}|unknown_member|/data/meta/colour",
                "'meta':{'security':{'password':'x'}}|unknown_member|/data/meta/security/password",
                "'meta':{'security':{'user_password':1}}|wrong_type|/data/meta/security/user_password",
                "'meta':{'security':{'user_password':'short'}}|weak_password|/data/meta/security/user_password",
                "'relationships':{'friends':{'data':null}}|unknown_member|/data/relationships/friends",
                "'colour':1|unknown_member|/data/colour",
            })
    void theSameHoldsForTheOtherMembersOfTheResource(String member, String code, String pointer) {
        var body = "{'data':{'type':'User'," + member + "}}";
        refused(bss.post("/users", body), 422, code, pointer);
    }

    @Test
    void lengthsAreCountedInCodePoints() {
        answered(bss.post("/users", ApiClient.user("{'name':'" + "😀".repeat(256) + "'}")), 201);
        answered(bss.post("/users", ApiClient.user("{'name':'  " + "ä".repeat(256) + "  '}")), 201);
        var name = bss.post("/users", ApiClient.user("{'name':'" + "a".repeat(257) + "'}"));
        refused(name, 422, "too_long", "/data/attributes/name");
        answered(bss.post("/users", ApiClient.user("{'external_id':'" + "😀".repeat(128) + "'}")), 201);
        var external = bss.post("/users", ApiClient.user("{'external_id':'" + "a".repeat(129) + "'}"));
        refused(external, 422, "too_long", "/data/attributes/external_id");
        var email = "{'contact_details':{'email':'" + "a".repeat(60) + "@" + "b.".repeat(120) + "example.com'}}";
        refused(bss.post("/users", ApiClient.user(email)), 422, "too_long", "/data/attributes/contact_details/email");
    }

    @Test
    void allProblemsOfABodyAreToldAtOnce() {
        var response = bss.post(
                "/users",
                ApiClient.user("{'name':'','user_flags':['X','GOLD','GOLD'],'colour':1,"
                        + "'contact_details':{'email':'x','telephone_number_E123':'x'}}"));
        assertThat(response.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/source/pointer").asString()))
                .containsExactlyInAnyOrder(
                        "/data/attributes/name",
                        "/data/attributes/user_flags/0",
                        "/data/attributes/user_flags/2",
                        "/data/attributes/colour",
                        "/data/attributes/contact_details/email",
                        "/data/attributes/contact_details/telephone_number_E123");
    }

    @Test
    void aDocumentThatIsNoResourceIsMalformed() {
        refused(bss.post("/users", "{}"), 400, "malformed_document", "");
        refused(bss.post("/users", "{'data':null}"), 400, "malformed_document", "/data");
        refused(bss.post("/users", "{'data':[]}"), 400, "malformed_document", "/data");
        refused(bss.post("/users", "{'data':{}}"), 400, "malformed_document", "/data");
        refused(bss.post("/users", "{'data':{'type':null}}"), 422, "wrong_type", "/data/type");
        refused(bss.post("/users", "{'data':{'type':'user'}}"), 409, "type_mismatch", "/data/type");
    }
}
