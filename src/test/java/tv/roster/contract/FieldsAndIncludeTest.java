package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.refused;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// Section 4, "Lists": `fields[…]` and `include`, on lists and on single resources.
class FieldsAndIncludeTest {
    private final ApiClient bss = TestServer.shared().newTenant();
    private String id;

    @BeforeEach
    void createUsers() {
        id = bss.createUser("'name':'Anna','external_id':'c1'").id();
        bss.post("/users/" + id + "/user_profiles", Expect.profile(null, "'name':'Kids'"));
        bss.createUser("'name':'Bea'");
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users", "/users/{id}", "/users/by_external_id/c1"})
    void onlyTheFieldsAskedForAreAnswered(String template) {
        var path = template.replace("{id}", id);
        var read = answered(bss.get(path + "?fields[User]=name,user_profiles"), 200);
        var user = template.equals("/users") ? read.at("/data/0") : read.at("/data");
        assertThat(names(user.at("/attributes"))).containsExactly("name");
        assertThat(names(user.at("/relationships"))).containsExactly("user_profiles");
        assertThat(user.at("/id").asString()).isEqualTo(id);
        var none = answered(bss.get(path + "?fields[User]="), 200);
        var bare = template.equals("/users") ? none.at("/data/0") : none.at("/data");
        assertThat(names(bare.at("/attributes"))).isEmpty();
        assertThat(bare.at("/relationships").isMissingNode()).isTrue();
    }

    @Test
    void profilesHaveTheirFieldsToo() {
        var list = bss.get("/users/" + id + "/user_profiles?fields[UserProfile]=name");
        assertThat(names(list.at("/data/0/attributes"))).containsExactly("name");
        assertThat(list.at("/data/0/relationships").isMissingNode()).isTrue();
        var profile = list.at("/data/0/id").asString();
        var single = bss.get("/user_profiles/" + profile + "?fields[UserProfile]=age_limit,user");
        assertThat(names(single.at("/data/attributes"))).containsExactly("age_limit");
        assertThat(names(single.at("/data/relationships"))).containsExactly("user");
        var included = bss.get("/users/" + id + "?include=user_profiles&fields[UserProfile]=is_default");
        assertThat(names(included.at("/included/0/attributes"))).containsExactly("is_default");
        assertThat(names(bss.get("/users/" + id + "/default_user_profile?fields[UserProfile]=name")
                        .at("/data/attributes")))
                .containsExactly("name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fields[User]=colour|fields[User]",
                "fields[User]=name,|fields[User]",
                "fields[User]=Name|fields[User]",
                "fields[User]=id|fields[User]",
                "fields[User]=contact_details.email|fields[User]",
                "fields[UserProfile]=email|fields[UserProfile]",
                "fields[Cat]=name|fields[Cat]",
                "fields=name|fields",
                "include=user|include",
                "include=user_profiles.user|include",
                "include=user_profiles,|include",
                "include=default_user_profile,friends|include",
            })
    void unknownNamesAndPathsAreRefused(String query, String parameter) {
        for (var path : new String[] {"/users", "/users/" + id, "/users/by_external_id/c1"}) {
            refused(bss.get(path + "?" + query), 400, "bad_query", parameter);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default_user_profile",
                "user_profiles",
                "user_profiles,default_user_profile",
                "default_user_profile,user_profiles",
                "user_profiles,user_profiles"
            })
    void compoundDocumentsAreFullyLinkedAndWithoutRepeats(String include) {
        for (var path : new String[] {"/users", "/users/" + id, "/users/by_external_id/c1"}) {
            var read = answered(bss.get(path + "?include=" + include), 200);
            var linked = new HashSet<String>();
            var users =
                    read.at("/data").isArray() ? read.at("/data").valueStream().toList() : List.of(read.at("/data"));
            for (var user : users) {
                linked.add(
                        user.at("/relationships/default_user_profile/data/id").asString());
                user.at("/relationships/user_profiles/data")
                        .valueStream()
                        .forEach(profile -> linked.add(profile.at("/id").asString()));
            }
            assertThat(read.at("/included")
                            .valueStream()
                            .map(profile -> profile.at("/id").asString()))
                    .containsExactlyInAnyOrderElementsOf(linked);
            for (var profile : read.at("/included").valueStream().toList()) {
                assertThat(bss.get(profile.at("/links/self").asString()).at("/data"))
                        .isEqualTo(profile);
            }
            assertThat(users.getFirst().at("/relationships/user_profiles/data").isMissingNode())
                    .isEqualTo(!include.contains("user_profiles"));
        }
    }

    @Test
    void anEmptyIncludeIncludesNothing() {
        assertThat(bss.get("/users?include=").at("/included").toString()).isEqualTo("[]");
        assertThat(bss.get("/users/" + id + "?include=").at("/included").toString())
                .isEqualTo("[]");
        assertThat(bss.get("/users").at("/included").isMissingNode()).isTrue();
    }
}
