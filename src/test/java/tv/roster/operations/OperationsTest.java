package tv.roster.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.operations.Atomic.addProfile;
import static tv.roster.operations.Atomic.addUser;
import static tv.roster.operations.Atomic.done;
import static tv.roster.operations.Atomic.remove;
import static tv.roster.operations.Atomic.send;
import static tv.roster.operations.Atomic.update;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// What atomic operations do.
class OperationsTest {
    private final ApiClient bss = TestServer.shared().newTenant("GOLD");

    private String result(Response response, int at, String pointer) {
        return response.textAt("/atomic:results/" + at + pointer);
    }

    @Test
    void aUserItsProfileAndThatAsItsDefaultAreOneCall() {
        var response = done(
                bss,
                addUser("anna", "'name':'Anna Virtanen','external_id':'10023'"),
                addProfile("kids", "anna", "Kids"),
                "{'op':'update','ref':{'type':'User','lid':'anna','relationship':'default_user_profile'},"
                        + "'data':{'type':'UserProfile','lid':'kids'}}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo(Atomic.TYPE);
        assertThat(response.header("Vary")).contains("Accept");
        assertThat(response.textAt("/jsonapi/version")).isEqualTo("1.1");
        var anna = result(response, 0, "/data/id");
        var kids = result(response, 1, "/data/id");
        assertThat(result(response, 1, "/data/relationships/user/data/id")).isEqualTo(anna);
        assertThat(result(response, 2, "/data/id")).isEqualTo(kids);
        assertThat(result(response, 2, "/data/type")).isEqualTo("UserProfile");

        var user = bss.get("/users/" + anna);
        assertThat(user.textAt("/data/attributes/name")).isEqualTo("Anna Virtanen");
        assertThat(user.textAt("/data/relationships/default_user_profile/data/id"))
                .isEqualTo(kids);
        assertThat(user.at("/data/meta/version").asInt()).isEqualTo(2);
        assertThat(bss.get("/users/" + anna + "/user_profiles").at("/data")).hasSize(2);
    }

    @Test
    void resultsAreTheResourcesAfterTheirOperations() {
        var id = bss.createUser("'name':'Anna'").id();
        var response =
                done(bss, update(id, "'name':'Bea'"), update(id, "'name':'Cecilia'"), update(id, "'name':'Cecilia'"));

        assertThat(result(response, 0, "/data/attributes/name")).isEqualTo("Bea");
        assertThat(result(response, 0, "/data/meta/version")).isEqualTo("2");
        assertThat(result(response, 1, "/data/attributes/name")).isEqualTo("Cecilia");
        assertThat(result(response, 2, "/data/meta/version")).isEqualTo("3");
        assertThat(response.at("/atomic:results/2/data"))
                .isEqualTo(bss.get("/users/" + id).at("/data"));
    }

    @Test
    void removalsAloneAre204() {
        var user = bss.createUser("").id();
        var other = bss.createUser("").id();
        var profile = bss.post(
                        "/users/" + other + "/user_profiles",
                        "{'data':{'type':'UserProfile','attributes':{'name':'Kids'}}}")
                .id();

        var response = done(bss, remove("User", user), remove("UserProfile", profile));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.text()).isEmpty();
        assertThat(bss.get("/users/" + user).status()).isEqualTo(404);
        assertThat(bss.get("/user_profiles/" + profile).status()).isEqualTo(404);
    }

    @Test
    void theResultOfARemovalBetweenOthersIsEmpty() {
        var user = bss.createUser("").id();
        var response = done(bss, addUser("a", ""), remove("User", user), addUser("b", ""));
        assertThat(response.at("/atomic:results")).hasSize(3);
        assertThat(response.at("/atomic:results/1")).isEmpty();
        assertThat(response.at("/atomic:results/2/data/type").asString()).isEqualTo("User");
    }

    @Test
    void hrefsArePathsOrWholeUrls() {
        var anna = bss.createUser("'external_id':'10 023/ä'").id();
        var base = "/api/user/management/v4";
        var response = done(
                bss,
                "{'op':'add','href':'" + base + "/users','data':{'type':'User'}}",
                "{'op':'add','href':'" + bss.base() + "/users/" + anna + "/user_profiles','data':"
                        + "{'type':'UserProfile','lid':'p','attributes':{'name':'Kids'}}}",
                "{'op':'update','href':'" + base + "/users/" + anna + "','data':{'type':'User','id':'" + anna
                        + "','attributes':{'name':'Anna'}}}",
                "{'op':'update','href':'" + base + "/users/by_external_id/10%20023%2F%C3%A4','data':"
                        + "{'type':'User','attributes':{'user_flags':['GOLD']}}}",
                "{'op':'update','href':'" + base + "/users/" + anna + "/relationships/default_user_profile','data':"
                        + "{'type':'UserProfile','lid':'p'}}");

        assertThat(result(response, 1, "/data/relationships/user/data/id")).isEqualTo(anna);
        assertThat(result(response, 3, "/data/attributes/name")).isEqualTo("Anna");
        assertThat(result(response, 3, "/data/attributes/user_flags/0")).isEqualTo("GOLD");
        var profile = result(response, 1, "/data/id");
        assertThat(result(response, 4, "/data/id")).isEqualTo(profile);

        var more = done(
                bss,
                "{'op':'update','href':'" + base + "/user_profiles/" + profile + "','data':{'type':'UserProfile','id':'"
                        + profile + "','attributes':{'age_limit':7}}}",
                "{'op':'remove','href':'" + bss.base() + "/users/by_external_id/10%20023%2F%C3%A4'}");
        assertThat(result(more, 0, "/data/attributes/age_limit")).isEqualTo("7");
        assertThat(bss.get("/users/" + anna).status()).isEqualTo(404);
    }

    @Test
    void aUserByItsExternalIdMayBeNamedByItsIdAsWell() {
        var anna = bss.createUser("'external_id':'a'").id();
        var href = "'href':'/api/user/management/v4/users/by_external_id/a'";
        done(bss, "{'op':'update'," + href + ",'data':{'type':'User','id':'" + anna + "','attributes':{'name':'A'}}}");
        done(bss, "{'op':'remove'," + href + ",'data':{'type':'User','id':'" + anna + "','meta':{'version':2}}}");
        assertThat(bss.get("/users/" + anna).status()).isEqualTo(404);
    }

    @Test
    void lidsNameWhatEarlierOperationsCreate() {
        var response = done(
                bss,
                addUser("x", ""),
                // Each type has lids of its own.
                addProfile("x", "x", "Kids"),
                "{'op':'update','data':{'type':'User','lid':'x','attributes':{'name':'Anna'},'relationships':"
                        + "{'default_user_profile':{'data':{'type':'UserProfile','lid':'x'}}}}}",
                "{'op':'update','ref':{'type':'UserProfile','lid':'x'},'data':{'type':'UserProfile','lid':'x',"
                        + "'attributes':{'is_child_profile':true},'relationships':"
                        + "{'user':{'data':{'type':'User','lid':'x'}}}}}",
                addUser("y", ""),
                "{'op':'remove','ref':{'type':'User','lid':'y'}}");
        assertThat(result(response, 2, "/data/relationships/default_user_profile/data/id"))
                .isEqualTo(result(response, 1, "/data/id"));
        assertThat(result(response, 3, "/data/attributes/is_child_profile")).isEqualTo("true");
        assertThat(result(response, 3, "/data/attributes/is_default")).isEqualTo("true");
        assertThat(bss.allUserIds()).containsExactly(result(response, 0, "/data/id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä/~%2F", "😀", "../..", "null", "0"})
    void aLidIsAnyText(String lid) {
        var response = done(bss, addUser(lid, ""), addProfile("p", lid, "Kids"));
        assertThat(result(response, 1, "/data/relationships/user/data/id")).isEqualTo(result(response, 0, "/data/id"));
    }

    @Test
    void whatWasReadMayBeSentBack() {
        var user = bss.createUser("'name':'Anna'").at("/data");
        var changed = user.toString().replace("Anna", "Bea");
        var response = done(bss, "{'op':'update','data':" + changed + "}");
        assertThat(result(response, 0, "/data/attributes/name")).isEqualTo("Bea");
    }

    @Test
    void valuesMoveFromOneUserToAnother() {
        var anna = bss.createUser("'external_id':'a','contact_details':{'email':'a@example.com'}")
                .id();
        var bea = bss.createUser("'external_id':'b'").id();
        done(
                bss,
                update(anna, "'external_id':null,'contact_details':{'email':null}"),
                update(bea, "'external_id':'a','contact_details':{'email':'a@example.com'}"),
                update(anna, "'external_id':'b'"));
        assertThat(bss.get("/users/by_external_id/a").id()).isEqualTo(bea);
        assertThat(bss.get("/users/by_external_id/b").id()).isEqualTo(anna);
    }

    @Test
    void aHundredOperationsAreOneCall() {
        var response = send(bss, Atomic.users(100));
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.at("/atomic:results")).hasSize(100);
        assertThat(bss.allUserIds()).hasSize(100);
        var names = response.at("/atomic:results")
                .valueStream()
                .map(one -> one.at("/data/attributes/name").asString())
                .toList();
        assertThat(names)
                .isEqualTo(java.util.stream.IntStream.range(0, 100)
                        .mapToObj(at -> "User " + at)
                        .toList());
    }

    @Test
    void passwordsAreSet() {
        var scopes = new String[] {"users:read", "users:write", "credentials:verify"};
        var own = TestServer.shared().newKey(TestServer.shared().addTenant(), scopes);
        var security = ",'meta':{'security':{'user_password':'correct horse 5'}}";
        var attributes = "'attributes':{'contact_details':{'email':'%s@example.com'},"
                + "'registration_information':{'registration_state':'REGISTERED'}}";
        var anna =
                own.createUser("'contact_details':{'email':'anna@example.com'}").id();
        done(
                own,
                "{'op':'add','data':{'type':'User'," + attributes.formatted("bea") + security + "}}",
                "{'op':'update','data':{'type':'User','id':'" + anna + "'," + attributes.formatted("anna") + security
                        + "}}");
        for (var name : List.of("anna", "bea")) {
            var check = own.post(
                    "/credential_checks",
                    "{'data':{'type':'CredentialCheck','attributes':{'email':'" + name
                            + "@example.com','password':'correct horse 5'}}}");
            assertThat(check.textAt("/data/attributes/result")).isEqualTo("accepted");
        }
    }

    @Test
    void hrefsBeginLikeTheLinksOfTheServer() {
        var settings = Map.of("ROSTER_PUBLIC_URL", "https://tv.example/roster");
        try (var server = new TestServer(settings, InstantSource.system())) {
            var own = server.newTenant();
            var user = own.createUser("");
            var link = user.textAt("/data/links/self");
            assertThat(link).startsWith("https://tv.example/roster/api/");
            for (var href : List.of(
                    link,
                    link.replace("https://tv.example", "HTTPS://TV.example"),
                    link.replace("https://tv.example", ""),
                    link.replace("https://tv.example/roster", ""))) {
                done(own, "{'op':'update','href':'" + href + "','data':{'type':'User','id':'" + user.id() + "'}}");
            }
            var other = send(own, "{'op':'remove','href':'" + own.base() + "/users/" + user.id() + "'}");
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.textAt("/errors/0/detail")).contains("https://tv.example/roster");
        }
    }
}
