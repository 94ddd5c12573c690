package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.refused;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            "{'data':{'type':'User'}}",
            "{'data':{'type':'User','attributes':{}}}",
            "{'data':{'type':'User','attributes':{'contact_details':{},'registration_information':{}}}}"
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
                {"name":" Anna  Virtanen ","user_flags":["LOGIN_RESTRICTED","GOLD","A_1"],"external_id":"cid/1,2 ä",
                 "contact_details":{"email":"Anna.V+tv@Example.COM","telephone_number_E123":"+358 40 123 4567"},
                 "registration_information":{"registration_state":"REGISTERED"}}""";
        var created = answered(bss.post("/users", ApiClient.user(attributes)), 201);
        var read = answered(bss.get("/users/" + created.id()), 200);
        assertThat(read.at("/data")).isEqualTo(created.at("/data"));
        assertThat(read.textAt("/data/attributes/name")).isEqualTo(" Anna  Virtanen ");
        assertThat(read.at("/data/attributes/user_flags").toString())
                .isEqualTo(json("['A_1','GOLD','LOGIN_RESTRICTED']"));
        assertThat(read.textAt("/data/attributes/external_id")).isEqualTo("cid/1,2 ä");
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
        assertThat(user.etag()).isEqualTo(etag(1));
        assertThat(user.at("/data/meta/updated_time")).isEqualTo(user.at("/data/meta/created_time"));
        assertThat(user.at("/data/meta/created_time").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "'01890000-0000-7000-8000-000000000000'", "''"})
    void clientMadeIdsAreRefused(String id) {
        var response = bss.post("/users", "{'data':{'type':'User','id':" + id + "}}");
        refused(response, 403, "client_id_not_allowed", "/data/id");
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
        answered(bss.post("/users", ApiClient.user("{'@note':1,'contact_details':{'@x':{}}}")), 201);
    }

    @Test
    void aPasswordIsNeverInAnAnswer() {
        var body = "{'data':{'type':'User','meta':{'security':{'user_password':'corn-salad-77'}}}}";
        var created = answered(bss.post("/users", body), 201);
        assertThat(created.at("/data/meta/security/password_set").asBoolean()).isTrue();
        assertThat(created.text() + bss.get("/users").text()).doesNotContain("corn-salad", "user_password", "argon2");
    }

    @Test
    void emailIsUniqueWithoutRegardToCaseAndExternalIdWithRegardToIt() {
        var first = bss.createUser("'external_id':'C1','contact_details':{'email':'Anna@example.com'}");
        bss.createUser("'external_id':'c1'");
        var both = bss.post(
                "/users", ApiClient.user("{'external_id':'C1','contact_details':{'email':'aNNA@EXAMPLE.com'}}"));
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
        var a = bss.createUser("'external_id':'a'");
        var b = bss.createUser("'contact_details':{'email':'b@example.com'}");
        var response =
                bss.post("/users", ApiClient.user("{'external_id':'a','contact_details':{'email':'b@example.com'}}"));
        assertThat(response.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/meta/existing_id").asString()))
                .containsExactlyInAnyOrder(a.id(), b.id());
    }

    @Test
    void telephoneNumbersNeedNotBeUnique() {
        bss.createUser("'contact_details':{'telephone_number_E123':'+358 40 123 4567'}");
        bss.createUser("'contact_details':{'telephone_number_E123':'+358401234567'}");
        assertThat(Expect.ids(bss.get("/users?filter[telephone_number]=358401234567")))
                .hasSize(2);
    }

    @Test
    void theDefaultProfileTakesTheUsersNameOrDefault() {
        var named = bss.createUser("'name':'Anna Virtanen'");
        assertThat(bss.get("/users/" + named.id() + "/default_user_profile").textAt("/data/attributes/name"))
                .isEqualTo("Anna Virtanen");
        var unnamed = bss.createUser("");
        assertThat(bss.get("/users/" + unnamed.id() + "/default_user_profile").textAt("/data/attributes/name"))
                .isEqualTo("Default");
        var longName = bss.createUser("'name':'" + "a".repeat(200) + "'");
        assertThat(bss.get("/users/" + longName.id() + "/default_user_profile").textAt("/data/attributes/name"))
                .isEqualTo("a".repeat(64));
    }
}
