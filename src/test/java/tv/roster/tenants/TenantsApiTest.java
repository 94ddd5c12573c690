package tv.roster.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;
import static tv.roster.testing.Response.etag;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;

class TenantsApiTest {
    private final TestServer server = TestServer.shared();
    private final AdminClient admin = new AdminClient(server.admin());
    private final ApiClient api = admin.api();

    @Test
    void aTenantIsMadeWithDefaultsReadChangedAndDeleted() {
        var slug = AdminClient.newSlug();
        var made = api.post("/tenants", AdminClient.document("Tenant", "'slug':'" + slug + "','name':'Pohjola'"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(made.textAt("/data/links/self"));
        assertThat(made.etag()).isEqualTo(etag(1));
        assertThat(made.at("/data/attributes/user_flags")).isEmpty();
        assertThat(made.at("/data/attributes/ip_allow_list")).isEmpty();
        assertThat(made.at("/data/attributes/settings/activation_link_seconds").asInt())
                .isEqualTo(604_800);
        assertThat(made.at("/data/attributes/settings/reset_link_seconds").asInt())
                .isEqualTo(3600);
        assertThat(made.at("/data/attributes/settings/rate_limit").isNull()).isTrue();
        assertThat(made.at("/data/attributes/settings/event_retention_days").asInt())
                .isEqualTo(90);
        assertThat(made.at("/data/attributes/settings/audit_retention_days").asInt())
                .isEqualTo(1095);

        var changed = admin.patchTenant(made.id(), "'name':'Pohjola TV','user_flags':['VIP','GOLD']");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.etag()).isEqualTo(etag(2));
        assertThat(changed.at("/data/attributes/user_flags").toString()).isEqualTo(json("['GOLD','VIP']"));
        assertThat(changed.textAt("/data/attributes/slug")).isEqualTo(slug);

        assertThat(api.get("/tenants/" + made.id()).body()).isEqualTo(changed.body());
        assertThat(api.get("/tenants?filter[slug]=" + slug).textAt("/data/0/id"))
                .isEqualTo(made.id());
        assertThat(api.delete("/tenants/" + made.id()).status()).isEqualTo(204);
        assertThat(api.get("/tenants/" + made.id()).status()).isEqualTo(404);
    }

    @Test
    void whatWasReadMayBeSentBackAndChangesNothing() {
        var made = admin.newTenant(",'settings':{'sender_name':'North'}");
        var again = api.patch("/tenants/" + made.id(), made.text());
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(api.patch("/tenants/" + made.id(), again.text()).etag()).isEqualTo(again.etag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "north-tv", "a-b-c", "0-0"})
    void goodSlugsAreTaken(String slug) {
        assertThat(new Slug(slug).value()).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid_value",
        "North, invalid_value",
        "north_tv, invalid_value",
        "-north, invalid_value",
        "north-, invalid_value",
        "north--tv, invalid_value",
        "pohjantähti, invalid_value",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, too_long"
    })
    void badSlugsAreRefused(String slug, String code) {
        var refused = api.post("/tenants", AdminClient.document("Tenant", "'slug':'" + slug + "','name':'N'"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.source()).isEqualTo("/data/attributes/slug");
    }

    @Test
    void aSlugBelongsToOneTenant() {
        var first = admin.newTenant("");
        var slug = first.textAt("/data/attributes/slug");
        var second = api.post("/tenants", AdminClient.document("Tenant", "'slug':'" + slug + "','name':'N'"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("slug_taken");
        assertThat(admin.patchTenant(admin.newTenant("").id(), "'slug':'" + slug + "'")
                        .code())
                .isEqualTo("slug_taken");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "slug":null                                       | wrong_type     | /data/attributes/slug
            "name":"  "                                       | invalid_value  | /data/attributes/name
            "names":"N"                                       | unknown_member | /data/attributes/names
            "user_flags":["gold"]                             | invalid_value  | /data/attributes/user_flags/0
            "user_flags":["GOLD","GOLD"]                      | invalid_value  | /data/attributes/user_flags
            "user_flags":["LOGIN_RESTRICTED"]                 | invalid_value  | /data/attributes/user_flags/0
            "ip_allow_list":["192.0.2.1/24"]                  | invalid_value  | /data/attributes/ip_allow_list/0
            "ip_allow_list":["127.1"]                         | invalid_value  | /data/attributes/ip_allow_list/0
            "ip_allow_list":"192.0.2.0/24"                    | wrong_type     | /data/attributes/ip_allow_list
            "settings":{"activation_link_seconds":59}         | invalid_value  | /data/attributes/settings/activation_link_seconds
            "settings":{"reset_link_seconds":604801}          | invalid_value  | /data/attributes/settings/reset_link_seconds
            "settings":{"reset_link_seconds":"1h"}            | wrong_type     | /data/attributes/settings/reset_link_seconds
            "settings":{"sender_address":"nobody"}            | invalid_value  | /data/attributes/settings/sender_address
            "settings":{"languages":["en","EN"]}              | invalid_value  | /data/attributes/settings/languages/1
            "settings":{"languages":["en","en"]}              | invalid_value  | /data/attributes/settings/languages
            "settings":{"default_language":"english"}         | invalid_value  | /data/attributes/settings/default_language
            "settings":{"rate_limit":"100"}                   | invalid_value  | /data/attributes/settings/rate_limit
            "settings":{"key_rate_limit":"0/1s"}              | invalid_value  | /data/attributes/settings/key_rate_limit
            "settings":{"event_retention_days":0}             | invalid_value  | /data/attributes/settings/event_retention_days
            "settings":{"event_retention_days":3651}          | invalid_value  | /data/attributes/settings/event_retention_days
            "settings":{"event_retention_days":1.5}           | wrong_type     | /data/attributes/settings/event_retention_days
            "settings":{"audit_retention_days":29}            | invalid_value  | /data/attributes/settings/audit_retention_days
            "settings":{"audit_retention_days":3651}          | invalid_value  | /data/attributes/settings/audit_retention_days
            "settings":{"continue_url":"http://tv.example/"}  | invalid_value  | /data/attributes/settings/continue_url
            "settings":{"continue_url":"javascript:alert(1)"} | invalid_value  | /data/attributes/settings/continue_url
            "settings":{"continue_url":["https://a.example"]} | wrong_type     | /data/attributes/settings/continue_url
            "settings":{"logo_url":"https://a:b@tv.example/"} | invalid_value  | /data/attributes/settings/logo_url
            "settings":{"brand_color":"teal"}                 | invalid_value  | /data/attributes/settings/brand_color
            "settings":{"brand_color":11}                     | wrong_type     | /data/attributes/settings/brand_color
            "settings":{"rate_limits":"1/1s"}                 | unknown_member | /data/attributes/settings/rate_limits
            "settings":null                                   | wrong_type     | /data/attributes/settings
            """)
    void badMembersAreRefusedByTheirPlace(String attributes, String code, String pointer) {
        var refused = admin.patchTenant(admin.newTenant("").id(), attributes);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.source()).isEqualTo(pointer);
    }

    @Test
    void settingsAreMergedMemberByMemberAndNullBringsTheDefaultBack() {
        var id = admin.newTenant(",'settings':{'reset_link_seconds':600,'sender_name':'North'}")
                .id();
        var changed = admin.patchTenant(id, "'settings':{'sender_name':null,'languages':['fi','pt-BR']}");
        assertThat(changed.at("/data/attributes/settings/reset_link_seconds").asInt())
                .isEqualTo(600);
        assertThat(changed.at("/data/attributes/settings/sender_name").isNull()).isTrue();
        assertThat(changed.at("/data/attributes/settings/languages").toString()).isEqualTo(json("['fi','pt-BR']"));
    }

    @Test
    void theBrandOfThePagesIsKeptAndColoursAreInLowerCase() {
        var made = admin.newTenant(
                ",'settings':{'continue_url':'https://tv.example/login','logo_url':'http://localhost:3000/logo.svg',"
                        + "'brand_color':'#FFE600'}");
        assertThat(made.textAt("/data/attributes/settings/continue_url")).isEqualTo("https://tv.example/login");
        assertThat(made.textAt("/data/attributes/settings/logo_url")).isEqualTo("http://localhost:3000/logo.svg");
        assertThat(made.textAt("/data/attributes/settings/brand_color")).isEqualTo("#ffe600");
        var plain = admin.patchTenant(made.id(), "'settings':{'brand_color':null,'continue_url':null}");
        assertThat(plain.at("/data/attributes/settings/brand_color").isNull()).isTrue();
        assertThat(plain.at("/data/attributes/settings/continue_url").isNull()).isTrue();
    }

    @Test
    void allowListsAreKeptInTheirCanonicalForm() {
        var made = admin.newTenant(",'ip_allow_list':['192.0.2.7','2001:DB8::/32','::ffff:198.51.100.0/120']");
        assertThat(made.at("/data/attributes/ip_allow_list").toString())
                .isEqualTo(json("['192.0.2.7/32','2001:db8::/32','198.51.100.0/24']"));
    }

    @Test
    void ifMatchHoldsBackAChangeOfAnotherVersion() {
        var id = admin.newTenant("").id();
        assertThat(admin.patchTenant(id, "'name':'A'", "If-Match", etag(1)).status())
                .isEqualTo(200);
        var refused = admin.patchTenant(id, "'name':'B'", "If-Match", etag(1));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.code()).isEqualTo("version_mismatch");
        assertThat(api.delete("/tenants/" + id, "If-Match", etag(1)).status()).isEqualTo(412);
        assertThat(api.get("/tenants/" + id, "If-None-Match", etag(2)).status()).isEqualTo(304);
        assertThat(api.delete("/tenants/" + id, "If-Match", etag(2)).status()).isEqualTo(204);
    }

    @Test
    void aFlagThatAUserHasStaysInTheCatalogue() {
        var id = admin.newTenant(",'user_flags':['GOLD','VIP']").id();
        var bss = server.client(AdminClient.secret(admin.newKey(id, "")));
        bss.createUser("'user_flags':['VIP']");
        var refused = admin.patchTenant(id, "'user_flags':[]");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("flag_in_use");
        assertThat(refused.textAt("/errors/0/detail")).contains("VIP").doesNotContain("GOLD");
        assertThat(admin.patchTenant(id, "'user_flags':['VIP']").status()).isEqualTo(200);
    }

    @Test
    void aTenantWithUsersIsDeletedOnlyWhenThatIsSaid() {
        var id = admin.newTenant("").id();
        var bss = server.client(AdminClient.secret(admin.newKey(id, "")));
        bss.createUser("'name':'Anna'");
        var refused = api.delete("/tenants/" + id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("tenant_has_users");
        assertThat(api.delete("/tenants/" + id + "?users=delete", "If-Match", etag(9))
                        .status())
                .isEqualTo(412);
        assertThat(bss.get("/users").status()).isEqualTo(200);
        assertThat(api.delete("/tenants/" + id + "?users=delete").status()).isEqualTo(204);
        assertThat(bss.get("/users").status()).isEqualTo(401);
        assertThat(server.value("select count(*) from roster_user where tenant_id = ?", UUID.fromString(id)))
                .isEqualTo("0");
    }

    @Test
    void aWalkMeetsEveryTenantOnceInBothDirections() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(admin.newTenant("").id());
        }
        assertThat(walk("/tenants?page[size]=2", "/links/next"))
                .containsAll(made)
                .doesNotHaveDuplicates();
        var last = api.get("/tenants?page[size]=1000&page[total]=true");
        assertThat(last.at("/meta/page/total").asInt()).isGreaterThanOrEqualTo(5);
    }

    private java.util.List<String> walk(String path, String link) {
        var ids = new java.util.ArrayList<String>();
        for (String next = path; next != null; ) {
            var page = api.get(next.replace("[", "%5B").replace("]", "%5D"));
            page.at("/data").forEach(tenant -> ids.add(tenant.at("/id").asString()));
            next = page.textAt(link);
        }
        return ids;
    }

    @Test
    void onlyAdminKeysComeIn() {
        var bss = server.newTenant();
        var refused = server.admin(bss.key()).get("/tenants");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("insufficient_scope");
        assertThat(server.admin("rst_none").get("/tenants").status()).isEqualTo(401);
        var other = server.client(server.adminKey()).get("/users");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.code()).isEqualTo("insufficient_scope");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(api.get("/tenants/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(api.get("/tenants/no-id").status()).isEqualTo(404);
        assertThat(api.get("/tenants/" + UUID.randomUUID() + "/api_keys").status())
                .isEqualTo(404);
        assertThat(api.get("/tenants?filter[name]=x".replace("[", "%5B").replace("]", "%5D"))
                        .status())
                .isEqualTo(400);
    }
}
