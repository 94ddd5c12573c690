package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.contract.Expect.NOBODY;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.ids;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Section 1: all data is the tenant's own, and what is another's cannot be told from nothing at all.
class TenancyTest {
    private static final String USER = "'name':'Anna','external_id':'c1','contact_details':{'email':'a@example.com'}";
    private final ApiClient mine = TestServer.shared().newTenant();
    private final ApiClient theirs = TestServer.shared().newTenant();
    private String user;
    private String profile;

    @BeforeEach
    void createTheirs() {
        user = theirs.createUser(USER).id();
        profile = theirs.post("/users/" + user + "/user_profiles", Expect.profile(null, "'name':'Kids'"))
                .id();
    }

    @Test
    void emailsAndExternalIdsLiveSideBySide() {
        var own = mine.createUser(USER).id();
        assertThat(mine.get("/users/by_external_id/c1").id()).isEqualTo(own);
        assertThat(theirs.get("/users/by_external_id/c1").id()).isEqualTo(user);
        answered(mine.delete("/users/by_external_id/c1"), 204);
        answered(theirs.get("/users/" + user), 200);
    }

    private static String comparable(Response response, String id) {
        return response.status() + " " + response.text().replace(id, "ID").replaceAll(json("'id':'[^']*'"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GET|/users/{user}|",
                "GET|/users/{user}?include=user_profiles|",
                "DELETE|/users/{user}|",
                "PATCH|/users/{user}|{'data':{'type':'User','id':'{user}','attributes':{'name':'X'}}}",
                "PATCH|/users/{user}|{}",
                "GET|/users/{user}/user_profiles|",
                "GET|/users/{user}/default_user_profile|",
                "GET|/users/{user}/relationships/user_profiles|",
                "GET|/users/{user}/relationships/default_user_profile|",
                "PATCH|/users/{user}/relationships/default_user_profile|{'data':{'type':'UserProfile','id':'{profile}'}}",
                "POST|/users/{user}/user_profiles|{'data':{'type':'UserProfile','attributes':{'name':'Kids'}}}",
                "GET|/user_profiles/{profile}|",
                "DELETE|/user_profiles/{profile}|",
                "PATCH|/user_profiles/{profile}|{'data':{'type':'UserProfile','id':'{profile}','attributes':{'name':'X'}}}",
            })
    void whatIsAnothersCannotBeToldFromNothing(String method, String path, String body) {
        var withTheirs = mine.send(method, filled(path, user, profile), filled(body, user, profile));
        var withNone = mine.send(method, filled(path, NOBODY, NOBODY), filled(body, NOBODY, NOBODY));
        assertThat(withTheirs.status()).isEqualTo(404);
        assertThat(comparable(withTheirs, path.contains("{profile}") ? profile : user))
                .isEqualTo(comparable(withNone, NOBODY));
        assertThat(withTheirs.headers().map().keySet())
                .isEqualTo(withNone.headers().map().keySet());
        assertThat(theirs.get("/users/" + user).etag()).isEqualTo(etag(1));
    }

    private static String filled(String template, String user, String profile) {
        return template == null ? null : template.replace("{user}", user).replace("{profile}", profile);
    }

    @Test
    void listsCountsAndFiltersSeeTheTenantsOwn() {
        assertThat(ids(mine.get("/users"))).isEmpty();
        assertThat(mine.get("/users?page[total]=true").at("/meta/page/total").asInt())
                .isZero();
        for (var filter :
                new String[] {"id]=" + user, "external_id]=c1", "email]=a@example.com", "name]=anna", "created_since]=0"
                }) {
            assertThat(ids(mine.get("/users?filter[" + filter))).as(filter).isEmpty();
        }
    }

    @Test
    void anothersProfileIsNoDefault() {
        var own = mine.createUser("").id();
        var path = "/users/" + own + "/relationships/default_user_profile";
        var withTheirs = mine.patch(path, Expect.linkage(profile));
        assertThat(withTheirs.status()).isEqualTo(422);
        assertThat(comparable(withTheirs, profile))
                .isEqualTo(comparable(mine.patch(path, Expect.linkage(NOBODY)), NOBODY));
    }

    @Test
    void anotherTenantsFlagsAreUnknown() {
        var gold = TestServer.shared().newTenant("GOLD");
        answered(gold.post("/users", ApiClient.user("{'user_flags':['GOLD']}")), 201);
        Expect.refused(mine.post("/users", ApiClient.user("{'user_flags':['GOLD']}")), 422, "unknown_flag");
        assertThat(mine.get("/users?filter[user_flags]=GOLD").status()).isEqualTo(400);
    }
}
