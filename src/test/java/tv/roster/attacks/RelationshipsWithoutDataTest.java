package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.AdminClient.document;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Json.quoted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// A relationship that says nothing, or what cannot be, does not vanish silently.
class RelationshipsWithoutDataTest {
    private static final String SOME_ID = "0198c0de-0000-7000-8000-000000000000";

    private final ApiClient bss = TestServer.shared().newTenant();
    private final AdminClient admin = new AdminClient(TestServer.shared().admin());

    private static void isRefused(Response response, String code, String pointer) {
        assertThat(response.status()).as(response.text()).isEqualTo(422);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.source()).isEqualTo("/data/relationships/" + pointer);
    }

    private static String with(String document, String relationships) {
        return document.replace(quoted("attributes"), json("'relationships':{" + relationships + "},'attributes'"));
    }

    @ParameterizedTest
    @CsvSource({"default_user_profile", "user_profiles"})
    void aNewUsersRelationshipNeedsData(String name) {
        isRefused(bss.post("/users", with(ApiClient.user("{}"), "'" + name + "':{}")), "invalid_value", name);
        isRefused(
                bss.put("/users/by_external_id/c1", with(ApiClient.user("{}"), "'" + name + "':{}")),
                "invalid_value",
                name);
    }

    @Test
    void aProfilesRelationshipNeedsDataToo() {
        var profile = document("UserProfile", "'name':'Kids'");
        var path = "/users/" + bss.createUser("").id() + "/user_profiles";
        isRefused(bss.post(path, with(profile, "'user':{'links':{}}")), "invalid_value", "user");
    }

    @Test
    void aKeyIsNotMadeForAnotherTenantThanItsAddressSays() {
        var tenant = admin.newTenant("").id();
        var key = document("ApiKey", "'name':'BSS'");
        var owner = "'tenant':{'data':{'type':'Tenant','id':'%s'}}";
        var api = admin.api();
        isRefused(api.post("/api_keys", with(key, owner.formatted(tenant))), "read_only", "tenant/data");
        var path = "/tenants/" + tenant + "/api_keys";
        isRefused(api.post(path, with(key, owner.formatted(SOME_ID))), "read_only", "tenant/data");
        isRefused(api.post(path, with(key, "'tenant':{'data':null}")), "read_only", "tenant/data");
        isRefused(api.post(path, with(key, "'tenant':{}")), "invalid_value", "tenant");
        assertThat(api.get(path).at("/data")).isEmpty();
    }

    @Test
    void whatWasReadOfAKeyAndOfATenantMayBeSentBack() {
        var api = admin.api();
        var tenant = admin.newTenant("").id();
        for (var path : new String[] {
            "/tenants/" + tenant, "/api_keys/" + admin.newKey(tenant, "").id()
        }) {
            var read = api.get(path);
            assertThat(api.patch(path, read.text()).status()).as(read.text()).isEqualTo(200);
        }
        var changed = with(document("Tenant", tenant, ""), "'api_keys':{'data':[]}");
        isRefused(api.patch("/tenants/" + tenant, changed), "read_only", "api_keys/data");
    }
}
