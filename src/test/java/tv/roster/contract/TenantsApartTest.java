package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Response.etag;

import java.util.List;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;

/// Section 1 of the contract, "Access": all data is the tenant's own.
class TenantsApartTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final String ANY_ID = "0198c0de-0000-7000-8000-000000000000";

    private final ApiClient bss = SERVER.newTenant();

    @Test
    void whatBelongsToAnotherTenantIsNotFound() {
        var theirs = SERVER.newTenant();
        var user = theirs.createUser("'external_id':'theirs','name':'Theirs'");
        var profile = user.textAt("/data/relationships/default_user_profile/data/id");
        var change = "{'data':{'type':'User','id':'" + user.id() + "'}}";
        var paths = List.of(
                "/users/" + user.id(),
                "/users/by_external_id/theirs",
                "/users/" + user.id() + "/user_profiles",
                "/users/" + user.id() + "/default_user_profile",
                "/users/" + user.id() + "/relationships/user_profiles",
                "/users/" + user.id() + "/relationships/default_user_profile",
                "/user_profiles/" + profile);
        for (var path : paths) {
            assertThat(theirs.get(path).status()).as(path).isEqualTo(200);
            var nothing =
                    path.replace(user.id(), ANY_ID).replace(profile, ANY_ID).replace("theirs", "others");
            var mine = ContractForm.checkError(bss.get(path, "X-Request-Id", "same"));
            assertThat(mine.status()).isEqualTo(404);
            assertThat(AccessTest.seen(mine)).isEqualTo(AccessTest.seen(bss.get(nothing, "X-Request-Id", "same")));
        }
        assertThat(bss.patch("/users/" + user.id(), change).status()).isEqualTo(404);
        assertThat(bss.patch("/users/by_external_id/theirs", change).status()).isEqualTo(404);
        assertThat(bss.delete("/users/" + user.id()).status()).isEqualTo(404);
        assertThat(bss.delete("/users/by_external_id/theirs").status()).isEqualTo(404);
        assertThat(bss.delete("/user_profiles/" + profile).status()).isEqualTo(404);
        assertThat(theirs.get("/users/" + user.id()).etag()).isEqualTo(etag(1));
    }

    @Test
    void tenantsDoNotMeetInListsOrUniqueValues() {
        var theirs = SERVER.newTenant();
        var attributes = "'external_id':'7','contact_details':{'email':'anna@example.com'}";
        var first = theirs.createUser(attributes);
        var second = bss.createUser(attributes);
        assertThat(bss.get("/users").at("/data")).hasSize(1);
        assertThat(bss.get("/users").textAt("/data/0/id")).isEqualTo(second.id());
        for (var filter : List.of("filter%5Bid%5D=" + first.id(), "filter%5Bid%5D=" + ANY_ID)) {
            assertThat(bss.get("/users?" + filter).at("/data")).isEmpty();
        }
        assertThat(bss.get("/users/by_external_id/7").id()).isEqualTo(second.id());
        theirs.createUser("");
        var cursor = theirs.get("/users?page%5Bsize%5D=1").textAt("/links/next");
        var borrowed = bss.get(cursor.substring(cursor.indexOf("/users")));
        assertThat(ContractForm.checkError(borrowed).code()).isEqualTo("bad_cursor");
    }
}
