package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Section 3, the User resource.
class UserResourceTest {
    private static final String CONTACT = "/data/attributes/contact_details/";
    private static final String REGISTRATION = "/data/attributes/registration_information/";
    private final ApiClient bss = TestServer.shared().newTenant("GOLD", "A_1");

    @Test
    void allOfAttributesMayBeLeftOutOnCreate() {
        for (var body : new String[] {
            "{\"data\":{\"type\":\"User\"}}",
            "{\"data\":{\"type\":\"User\",\"attributes\":{}}}",
            "{\"data\":{\"type\":\"User\",\"attributes\":{\"contact_details\":{},\"registration_information\":{}}}}"
        }) {
            var user = answered(bss.post("/users", body), 201);
            for (var member : new String[] {"name", "external_id"}) {
                assertThat(user.at("/data/attributes/" + member).isNull())
                        .as(member)
                        .isTrue();
            }
            assertThat(user.at("/data/attributes/user_flags").toString()).isEqualTo("[]");
            assertThat(user.at(CONTACT + "email").isNull()).isTrue();
            assertThat(user.at(CONTACT + "telephone_number_E123").isNull()).isTrue();
            assertThat(user.textAt(REGISTRATION + "registration_state")).isEqualTo("UNREGISTERED");
            assertThat(user.at(REGISTRATION + "registration_time").isNull()).isTrue();
            assertThat(user.at("/data/meta/security/password_set").asBoolean()).isFalse();
        }
    }

    @Test
    void everyAttributeIsAnsweredAsItWasSent() {
        var attributes = """
                {"name":" Anna  Virtanen ","user_flags":["LOGIN_RESTRICTED","GOLD","A_1"],"external_id":" cid/1,2 ä",
                 "contact_details":{"email":"Anna.V+tv@Example.COM","telephone_number_E123":"+358 40 123 4567"},
                 "registration_information":{"registration_state":"REGISTERED"}}""";
        var created = answered(bss.post("/users", ApiClient.user(attributes)), 201);
        var read = answered(bss.get("/users/" + created.id()), 200);
        assertThat(read.at("/data")).isEqualTo(created.at("/data"));
        assertThat(read.textAt("/data/attributes/name")).isEqualTo(" Anna  Virtanen ");
        assertThat(read.at("/data/attributes/user_flags").toString())
                .isEqualTo("[\"A_1\",\"GOLD\",\"LOGIN_RESTRICTED\"]");
        assertThat(read.textAt("/data/attributes/external_id")).isEqualTo(" cid/1,2 ä");
        assertThat(read.textAt(CONTACT + "email")).isEqualTo("Anna.V+tv@Example.COM");
        assertThat(read.textAt(CONTACT + "telephone_number_E123")).isEqualTo("+358 40 123 4567");
        assertThat(read.at(REGISTRATION + "registration_time").asLong())
                .isEqualTo(read.at("/data/meta/created_time").asLong());
    }

    @Test
    void theAnswerHasIdLinksRelationshipsAndMeta() {
        var user = bss.createUser("");
        var self = bss.base() + "/users/" + user.id();
        assertThat(user.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(user.textAt("/data/type")).isEqualTo("User");
        assertThat(user.header("Location")).isEqualTo(self);
        assertThat(user.textAt("/links/self")).isEqualTo(self);
        assertThat(user.textAt("/data/links/self")).isEqualTo(self);
        assertThat(user.textAt("/data/relationships/default_user_profile/data/type"))
                .isEqualTo("UserProfile");
        assertThat(user.at("/data/relationships/user_profiles/data").isMissingNode())
                .isTrue();
        for (var relationship : new String[] {"default_user_profile", "user_profiles"}) {
            var links = "/data/relationships/" + relationship + "/links/";
            assertThat(user.textAt(links + "self")).isEqualTo(self + "/relationships/" + relationship);
            answered(bss.get(user.textAt(links + "self")), 200);
            assertThat(user.textAt(links + "related")).isEqualTo(self + "/" + relationship);
            answered(bss.get(user.textAt(links + "related")), 200);
        }
        assertThat(user.at("/data/meta/version").asInt()).isEqualTo(1);
        assertThat(user.etag()).isEqualTo("\"1\"");
        assertThat(user.at("/data/meta/updated_time")).isEqualTo(user.at("/data/meta/created_time"));
        assertThat(user.at("/data/meta/created_time").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "\"01890000-0000-7000-8000-000000000000\"", "\"\""})
    void clientMadeIdsAreRefused(String id) {
        var response = bss.post("/users", "{\"data\":{\"type\":\"User\",\"id\":" + id + "}}");
        refused(response, 403, "client_id_not_allowed", "/data/id");
    }

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
        var response = bss.post("/users", ApiClient.user("{\"" + member + "\":" + value.replace('\'', '"') + "}"));
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
        var response = bss.post("/users", ApiClient.user("{\"" + member + "\":" + value.replace('\'', '"') + "}"));
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
        var body = "{\"data\":{\"type\":\"User\"," + member.replace('\'', '"') + "}}";
        refused(bss.post("/users", body), 422, code, pointer);
    }

    @Test
    void lengthsAreCountedInCodePoints() {
        answered(bss.post("/users", ApiClient.user("{\"name\":\"" + "😀".repeat(256) + "\"}")), 201);
        answered(bss.post("/users", ApiClient.user("{\"name\":\"  " + "ä".repeat(256) + "  \"}")), 201);
        var name = bss.post("/users", ApiClient.user("{\"name\":\"" + "a".repeat(257) + "\"}"));
        refused(name, 422, "too_long", "/data/attributes/name");
        answered(bss.post("/users", ApiClient.user("{\"external_id\":\"" + "😀".repeat(128) + "\"}")), 201);
        var external = bss.post("/users", ApiClient.user("{\"external_id\":\"" + "a".repeat(129) + "\"}"));
        refused(external, 422, "too_long", "/data/attributes/external_id");
        var email = "{\"contact_details\":{\"email\":\"" + "a".repeat(60) + "@" + "b.".repeat(120) + "example.com\"}}";
        refused(bss.post("/users", ApiClient.user(email)), 422, "too_long", "/data/attributes/contact_details/email");
    }

    @Test
    void readOnlyMembersMayBeNullOnCreate() {
        var body = """
                {"data":{"type":"User","attributes":{"registration_information":{"registration_time":null}},
                 "meta":{"created_time":null,"updated_time":null,"version":null,"security":{"password_set":null}}}}""";
        answered(bss.post("/users", body), 201);
    }

    @Test
    void membersWhoseNameBeginsWithAtAreIgnored() {
        answered(bss.post("/users", ApiClient.user("{\"@note\":1,\"contact_details\":{\"@x\":{}}}")), 201);
    }

    @Test
    void aPasswordIsNeverInAnAnswer() {
        var body = "{\"data\":{\"type\":\"User\",\"meta\":{\"security\":{\"user_password\":\"corn-salad-77\"}}}}";
        var created = answered(bss.post("/users", body), 201);
        assertThat(created.at("/data/meta/security/password_set").asBoolean()).isTrue();
        assertThat(created.text() + bss.get("/users").text()).doesNotContain("corn-salad", "user_password", "argon2");
    }

    @Test
    void allProblemsOfABodyAreToldAtOnce() {
        var response = bss.post(
                "/users",
                ApiClient.user("{\"name\":\"\",\"user_flags\":[\"X\",\"GOLD\",\"GOLD\"],\"colour\":1,"
                        + "\"contact_details\":{\"email\":\"x\",\"telephone_number_E123\":\"x\"}}"));
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
    void emailIsUniqueWithoutRegardToCaseAndExternalIdWithRegardToIt() {
        var first = bss.createUser("\"external_id\":\"C1\",\"contact_details\":{\"email\":\"Anna@example.com\"}");
        bss.createUser("\"external_id\":\"c1\"");
        var both = bss.post(
                "/users",
                ApiClient.user("{\"external_id\":\"C1\",\"contact_details\":{\"email\":\"aNNA@EXAMPLE.com\"}}"));
        assertThat(both.status()).isEqualTo(409);
        assertThat(both.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/code").asString()))
                .containsExactlyInAnyOrder("email_taken", "external_id_taken");
        assertThat(both.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/meta/existing_id").asString()))
                .containsOnly(first.id());
        assertThat(both.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/source/pointer").asString()))
                .containsExactlyInAnyOrder("/data/attributes/contact_details/email", "/data/attributes/external_id");
    }

    @Test
    void twoUsersMayStandInTheWayOfOne() {
        var a = bss.createUser("\"external_id\":\"a\"");
        var b = bss.createUser("\"contact_details\":{\"email\":\"b@example.com\"}");
        var response = bss.post(
                "/users", ApiClient.user("{\"external_id\":\"a\",\"contact_details\":{\"email\":\"b@example.com\"}}"));
        assertThat(response.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/meta/existing_id").asString()))
                .containsExactlyInAnyOrder(a.id(), b.id());
    }

    @Test
    void telephoneNumbersNeedNotBeUnique() {
        bss.createUser("\"contact_details\":{\"telephone_number_E123\":\"+358 40 123 4567\"}");
        bss.createUser("\"contact_details\":{\"telephone_number_E123\":\"+358401234567\"}");
        assertThat(Expect.ids(bss.get("/users?filter[telephone_number]=358401234567")))
                .hasSize(2);
    }

    @Test
    void theDefaultProfileTakesTheUsersNameOrDefault() {
        var named = bss.createUser("\"name\":\"Anna Virtanen\"");
        assertThat(bss.get("/users/" + named.id() + "/default_user_profile").textAt("/data/attributes/name"))
                .isEqualTo("Anna Virtanen");
        var unnamed = bss.createUser("");
        assertThat(bss.get("/users/" + unnamed.id() + "/default_user_profile").textAt("/data/attributes/name"))
                .isEqualTo("Default");
        var longName = bss.createUser("\"name\":\"" + "a".repeat(200) + "\"");
        assertThat(bss.get("/users/" + longName.id() + "/default_user_profile").textAt("/data/attributes/name"))
                .isEqualTo("a".repeat(64));
    }

    @Test
    void aDocumentThatIsNoResourceIsMalformed() {
        refused(bss.post("/users", "{}"), 400, "malformed_document", "");
        refused(bss.post("/users", "{\"data\":null}"), 400, "malformed_document", "/data");
        refused(bss.post("/users", "{\"data\":[]}"), 400, "malformed_document", "/data");
        refused(bss.post("/users", "{\"data\":{}}"), 400, "malformed_document", "/data");
        refused(bss.post("/users", "{\"data\":{\"type\":null}}"), 422, "wrong_type", "/data/type");
        refused(bss.post("/users", "{\"data\":{\"type\":\"user\"}}"), 409, "type_mismatch", "/data/type");
    }
}
