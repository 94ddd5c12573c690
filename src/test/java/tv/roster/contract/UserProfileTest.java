package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.NOBODY;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.each;
import static tv.roster.contract.Expect.ids;
import static tv.roster.contract.Expect.linkage;
import static tv.roster.contract.Expect.patiently;
import static tv.roster.contract.Expect.profile;
import static tv.roster.contract.Expect.refused;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// Sections 3 and 4, profiles.
class UserProfileTest {
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
    void aNewProfileHasItsDefaultsAndLinks() {
        var added = answered(add("'name':'Kids'"), 201);
        var self = bss.base() + "/user_profiles/" + added.id();
        assertThat(added.header("Location")).isEqualTo(self);
        assertThat(added.textAt("/data/links/self")).isEqualTo(self);
        assertThat(added.textAt("/links/self")).isEqualTo(self);
        assertThat(added.at("/data/attributes").toString())
                .isEqualTo(json("{'name':'Kids','is_child_profile':false,'age_limit':null,'is_default':false}"));
        assertThat(added.textAt("/data/relationships/user/data/type")).isEqualTo("User");
        assertThat(added.textAt("/data/relationships/user/data/id")).isEqualTo(user);
        answered(bss.get(added.textAt("/data/relationships/user/links/related")), 200);
        assertThat(bss.get(self).at("/data")).isEqualTo(added.at("/data"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'name':'a','age_limit':0||",
                "'name':'a','age_limit':21,'is_child_profile':true||",
                "'name':'a','age_limit':null,'is_default':false||",
                "'name':'a','age_limit':22|invalid_value|age_limit",
                "'name':'a','age_limit':-1|invalid_value|age_limit",
                "'name':'a','age_limit':7.5|wrong_type|age_limit",
                "'name':'a','age_limit':'7'|wrong_type|age_limit",
                "'name':'a','is_child_profile':null|wrong_type|is_child_profile",
                "'name':'a','is_child_profile':1|wrong_type|is_child_profile",
                "'name':null|wrong_type|name",
                "'name':''|invalid_value|name",
                "'name':' '|invalid_value|name",
                "'name':7|wrong_type|name",
                "'name':'a','is_default':true|read_only|is_default",
                "'name':'a','colour':'red'|unknown_member|colour",
            })
    void everyAttributeKeepsItsRule(String attributes, String code, String member) {
        var response = add(attributes);
        if (code == null) {
            answered(response, 201);
        } else {
            refused(response, 422, code, "/data/attributes/" + member);
        }
    }

    @Test
    void aProfileNeedsAName() {
        refused(add(""), 422, "invalid_value", "/data/attributes");
        var bare = bss.post("/users/" + user + "/user_profiles", "{'data':{'type':'UserProfile'}}");
        refused(bare, 422, "invalid_value", "/data");
        answered(add("'name':'" + "😀".repeat(64) + "'"), 201);
        refused(add("'name':'" + "a".repeat(65) + "'"), 422, "too_long", "/data/attributes/name");
    }

    @Test
    void namesAreUniqueWithinTheUserAlone() {
        refused(add("'name':'Anna'"), 409, "profile_name_taken", "/data/attributes/name");
        var kids = add("'name':'Kids'");
        var renamed = bss.patch("/user_profiles/" + kids.id(), profile(kids.id(), "'name':'Anna'"));
        refused(renamed, 409, "profile_name_taken", "/data/attributes/name");
        bss.createUser("'name':'Anna'");
    }

    @Test
    void theUsersProfilesAreListedOldestFirst() {
        var kids = add("'name':'Kids'").id();
        assertThat(ids(bss.get("/users/" + user + "/user_profiles"))).containsExactly(first, kids);
        var linkage = bss.get("/users/" + user + "/relationships/user_profiles");
        assertThat(ids(linkage)).containsExactly(first, kids);
        assertThat(linkage.at("/data/0").toString()).isEqualTo(json("{'type':'UserProfile','id':'" + first + "'}"));
        answered(bss.get(linkage.textAt("/links/self")), 200);
        answered(bss.get(linkage.textAt("/links/related")), 200);
        assertThat(each(bss.get("/users/" + user + "/user_profiles"), "/attributes/is_default"))
                .containsExactly("true", "false");
    }

    @Test
    void patchChangesOnlyWhatIsSent() {
        var kids = add("'name':'Kids','age_limit':7,'is_child_profile':true").id();
        var path = "/user_profiles/" + kids;
        bss.patch(path, profile(kids, "'name':'Children'"));
        assertThat(bss.patch(path, profile(kids, "'age_limit':null"))
                        .at("/data/attributes")
                        .toString())
                .isEqualTo(json("{'name':'Children','is_child_profile':true,'age_limit':null,'is_default':false}"));
        answered(bss.patch(path, bss.get(path).text()), 200);
        refused(bss.patch(path, profile(null, "")), 400, "malformed_document", "/data");
        refused(bss.patch(path, profile(first, "")), 409, "id_mismatch", "/data/id");
        refused(bss.patch(path, Expect.user(kids, "")), 409, "type_mismatch", "/data/type");
        refused(bss.patch(path, profile(kids, "'is_default':true")), 422, "read_only", "/data/attributes/is_default");
        var moved = "{'data':{'type':'UserProfile','id':'" + kids
                + "','relationships':{'user':{'data':{'type':'User','id':'" + NOBODY + "'}}}}}";
        refused(bss.patch(path, moved), 422, "read_only", "/data/relationships/user/data");
    }

    @Test
    void aUserHasAtMostTwentyProfilesHoweverManyAreMadeAtOnce() {
        var answers = Together.run(40, number -> add("'name':'P" + number + "'").status());
        assertThat(answers).containsOnly(201, 422);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(19);
        assertThat(ids(bss.get("/users/" + user + "/user_profiles"))).hasSize(20);
        refused(add("'name':'One more'"), 422, "profile_limit");
    }

    @Test
    void theDefaultProfileIsNotDeletedAndOthersAre() {
        refused(bss.delete("/user_profiles/" + first), 409, "default_profile");
        var kids = add("'name':'Kids'").id();
        answered(bss.delete("/user_profiles/" + kids), 204);
        refused(bss.get("/user_profiles/" + kids), 404, "not_found");
        refused(bss.delete("/user_profiles/" + kids), 404, "not_found");
        answered(add("'name':'Kids'"), 201);
    }

    @Test
    void aProfileIsDeletedOnlyOnce() {
        var kids = add("'name':'Kids'").id();
        var answers =
                Together.run(10, number -> bss.delete("/user_profiles/" + kids).status());
        assertThat(answers.stream().filter(status -> status == 204)).hasSize(1);
        assertThat(answers).containsOnly(204, 404);
    }

    @Test
    void aUserThatIsDeletedTakesItsProfilesAlongHoweverManyAreBeingMade() {
        var answers = Together.run(
                20, number -> number == 19 ? bss.delete("/users/" + user) : add("'name':'P" + number + "'"));
        assertThat(answers.stream().map(Response::status)).isSubsetOf(201, 204, 404, 422);
        for (var answer : answers) {
            if (answer.status() == 201) {
                answered(bss.get("/user_profiles/" + answer.id()), 404);
            }
        }
        refused(bss.get("/users/" + user + "/user_profiles"), 404, "not_found");
    }

    @Test
    void anEntityTagNeverHoldsForAProfile() {
        var kids = add("'name':'Kids'").id();
        var path = "/user_profiles/" + kids;
        refused(bss.delete(path, "If-Match", etag(1)), 412, "version_mismatch", "If-Match");
        refused(bss.patch(path, profile(kids, ""), "If-Match", "W/" + etag(1)), 412, "version_mismatch");
        refused(bss.delete(path, "If-Match", "1"), 400, "bad_header", "If-Match");
        answered(bss.delete(path, "If-Match", "*"), 204);
    }
}
