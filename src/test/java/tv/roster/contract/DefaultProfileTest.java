package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.NOBODY;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.linkage;
import static tv.roster.contract.Expect.patiently;
import static tv.roster.contract.Expect.profile;
import static tv.roster.contract.Expect.refused;
import static tv.roster.testing.Response.etag;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// Sections 3 and 4, the default profile.
class DefaultProfileTest {
    private final ApiClient bss = TestServer.shared().newTenant();
    private String user;
    private String first;

    @BeforeEach
    void createUser() {
        var created = bss.createUser("'name':'Anna'");
        user = created.id();
        first = created.textAt("/data/relationships/default_user_profile/data/id");
    }

    private Response add(String attributes) {
        return patiently(() -> bss.post("/users/" + user + "/user_profiles", profile(null, attributes)));
    }

    @Test
    void theDefaultIsChangedByEitherRoad() {
        var kids = add("'name':'Kids'").id();
        var relationship = "/users/" + user + "/relationships/default_user_profile";
        var changed = answered(bss.patch(relationship, linkage(kids)), 200);
        assertThat(changed.id()).isEqualTo(kids);
        assertThat(bss.get(relationship).id()).isEqualTo(kids);
        assertThat(bss.get("/users/" + user + "/default_user_profile").id()).isEqualTo(kids);
        assertThat(bss.get("/users/" + user).etag()).isEqualTo(etag(2));
        answered(bss.patch(relationship, linkage(kids)), 200);
        assertThat(bss.get("/users/" + user).etag()).isEqualTo(etag(2));

        var back = "'relationships':{'default_user_profile':" + linkage(first) + "}";
        var user1 = answered(bss.patch("/users/" + user, Expect.user(user, back)), 200);
        assertThat(user1.textAt("/data/relationships/default_user_profile/data/id"))
                .isEqualTo(first);
        assertThat(user1.etag()).isEqualTo(etag(3));
        answered(bss.delete("/user_profiles/" + kids), 204);
        assertThat(bss.get("/users/" + user).etag()).isEqualTo(etag(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDefaultIsAProfileOfTheSameUser(boolean byRelationship) {
        var others = bss.createUser("").textAt("/data/relationships/default_user_profile/data/id");
        for (var wrong : new String[] {others, NOBODY, "x"}) {
            var response = byRelationship
                    ? bss.patch("/users/" + user + "/relationships/default_user_profile", linkage(wrong))
                    : bss.patch(
                            "/users/" + user,
                            Expect.user(user, "'relationships':{'default_user_profile':" + linkage(wrong) + "}"));
            var pointer = byRelationship ? "/data" : "/data/relationships/default_user_profile/data";
            refused(response, 422, "invalid_value", pointer);
        }
        assertThat(bss.get("/users/" + user).etag()).isEqualTo(etag(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|400|malformed_document",
                "{'data':null}|422|invalid_value",
                "{'data':[]}|422|wrong_type",
                "{'data':{'type':'User','id':'x'}}|422|invalid_value",
                "{'data':{'type':'UserProfile'}}|422|invalid_value",
                "{'data':{'type':'UserProfile','id':'x'},'colour':1}|422|unknown_member",
                "[|400|malformed_json",
            })
    void aBadLinkageIsRefused(String body, int status, String code) {
        var path = "/users/" + user + "/relationships/default_user_profile";
        refused(bss.patch(path, body), status, code);
    }

    @Test
    void aDefaultThatIsDeletedMeanwhileNeverStays() {
        for (int round = 0; round < 10; round++) {
            var other = add("'name':'Other'").id();
            var relationship = "/users/" + user + "/relationships/default_user_profile";
            var answers = Together.run(
                    2,
                    number -> number == 0
                            ? bss.patch(relationship, linkage(other)).status()
                            : bss.delete("/user_profiles/" + other).status());
            assertThat(answers.toString()).isIn("[200, 409]", "[422, 204]");
            answered(bss.get("/users/" + user + "/default_user_profile"), 200);
            bss.patch(relationship, linkage(first));
            bss.delete("/user_profiles/" + other);
        }
    }
}
