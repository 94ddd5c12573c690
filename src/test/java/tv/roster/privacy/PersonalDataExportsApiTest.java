package tv.roster.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Response;

/// Section 11 of the contract, "Access".
class PersonalDataExportsApiTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final int EVENTS = Integer.getInteger("events.of.export", 1234);

    private final UUID tenant = SERVER.addTenant("GOLD");
    private final ApiClient bss =
            SERVER.newKey(tenant, "users:read", "users:write", "credentials:verify", "bulk", "privacy");

    private String user(String attributes) {
        return bss.createUser(attributes).at("/data/id").asString();
    }

    private Response post(String user) {
        return bss.post("/users/" + user + "/personal_data_exports", null);
    }

    private JsonNode export(String user) {
        var response = post(user);
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        return response.at("/data/attributes");
    }

    @Test
    void hasTheUserAndItsProfiles() {
        var anna = user("'name':'Anna Virtanen','external_id':'10023','user_flags':['GOLD'],"
                + "'contact_details':{'email':'anna@example.com','telephone_number_E123':'+358 40 123 4567'},"
                + "'registration_information':{'registration_state':'REGISTERED'}");
        bss.post(
                "/users/" + anna + "/user_profiles",
                "{'data':{'type':'UserProfile','attributes':"
                        + "{'name':'Kalle','is_child_profile':true,'age_limit':7}}}");

        var response = post(anna);
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("Content-Type")).isEqualTo("application/vnd.api+json");
        assertThat(response.at("/data/type").asString()).isEqualTo("PersonalDataExport");
        assertThat(response.at("/links").isMissingNode()).isTrue();

        var user = response.at("/data/attributes/user");
        assertThat(user.at("/id").asString()).isEqualTo(anna);
        assertThat(user.at("/name").asString()).isEqualTo("Anna Virtanen");
        assertThat(user.at("/external_id").asString()).isEqualTo("10023");
        assertThat(user.at("/email").asString()).isEqualTo("anna@example.com");
        assertThat(user.at("/telephone_number_E123").asString()).isEqualTo("+358 40 123 4567");
        assertThat(user.at("/user_flags/0").asString()).isEqualTo("GOLD");
        assertThat(user.at("/registration_state").asString()).isEqualTo("REGISTERED");
        var shown = bss.get("/users/" + anna);
        assertThat(user.at("/registration_time"))
                .isEqualTo(shown.at("/data/attributes/registration_information/registration_time"));
        assertThat(user.at("/created_time")).isEqualTo(shown.at("/data/meta/created_time"));
        assertThat(user.at("/password_set").asBoolean()).isFalse();

        var profiles = response.at("/data/attributes/profiles");
        assertThat(profiles).hasSize(2);
        assertThat(profiles.at("/0/is_default").asBoolean()).isTrue();
        assertThat(profiles.at("/1/name").asString()).isEqualTo("Kalle");
        assertThat(profiles.at("/1/is_child_profile").asBoolean()).isTrue();
        assertThat(profiles.at("/1/age_limit").asInt()).isEqualTo(7);
    }

    @Test
    void anEventSaysWhatChangedFromWhatToWhatByWhomAndFromWhere() {
        var anna = user("'name':'Anna'");
        bss.patchUser(anna, "'name':'Anna Virtanen','external_id':'e1'", "X-Request-Id", "rename-1");

        var events = export(anna).at("/events");
        assertThat(events).hasSize(2);
        assertThat(events.at("/0/kind").asString()).isEqualTo("user.created");
        var renamed = events.at("/1");
        assertThat(renamed.at("/kind").asString()).isEqualTo("user.updated");
        assertThat(renamed.at("/changes").toString())
                .isEqualTo(json("[{'member':'external_id','from':null,'to':'e1'},"
                        + "{'member':'name','from':'Anna','to':'Anna Virtanen'}]"));
        assertThat(renamed.at("/before/name").asString()).isEqualTo("Anna");
        assertThat(renamed.at("/after/name").asString()).isEqualTo("Anna Virtanen");
        assertThat(renamed.at("/actor/kind").asString()).isEqualTo("KEY");
        assertThat(renamed.at("/actor/name").asString()).isEqualTo("test");
        assertThat(renamed.at("/address").asString()).isEqualTo("127.0.0.1");
        assertThat(renamed.at("/request_id").asString()).isEqualTo("rename-1");
        assertThat(renamed.at("/time").asLong())
                .isEqualTo(
                        bss.get("/users/" + anna).at("/data/meta/updated_time").asLong());
    }

    @Test
    void hasEveryEventAndEveryMailHoweverManyThereAre() {
        var anna = user("'name':'Anna','contact_details':{'email':'anna@example.com'}");
        SERVER.execute("""
                insert into user_event (tenant_id, id, time, kind, user_id, address, version, after)
                select ?, gen_random_uuid(), now(), 'user.updated', ?, '192.0.2.' || n % 200, 1,
                       jsonb_build_object('name', 'Anna ' || n, 'filling', repeat(md5(n::text), n % 300))
                  from generate_series(1, ?) n""", tenant, UUID.fromString(anna), EVENTS);
        SERVER.execute("""
                insert into mail (tenant_id, id, user_id, kind, recipient, language, status, due_time, created_time,
                    expires_time)
                select ?, gen_random_uuid(), ?, 'activation', 'anna' || n || '@example.com', 'en', 'sent', 0, 0,
                       4102444800
                  from generate_series(1, 321) n""", tenant, UUID.fromString(anna));

        var export = export(anna);
        assertThat(export.at("/events")
                        .valueStream()
                        .map(event -> event.at("/after/name").asString()))
                .hasSize(EVENTS + 1)
                .containsAll(IntStream.rangeClosed(1, EVENTS)
                        .mapToObj(n -> "Anna " + n)
                        .toList());
        assertThat(export.at("/events")
                        .valueStream()
                        .map(event -> event.at("/id").asString()))
                .isSorted();
        assertThat(export.at("/mails")
                        .valueStream()
                        .map(mail -> mail.at("/recipient").asString()))
                .hasSize(321)
                .doesNotHaveDuplicates();
    }

    @Test
    void wrongPasswordsAreThereWithTheLockoutThatTheyCause() {
        var anna = user(
                "'name':'Anna','external_id':'a1','registration_information':" + "{'registration_state':'REGISTERED'}");
        SERVER.execute(
                "insert into wrong_password (tenant_id, subject, times, last_time) values (?, ?, array["
                        + "1000,1001,1002,1003,1004,1005,1006,1007,1008,1900,2000,2001]::bigint[], 2001)",
                tenant,
                UUID.fromString(anna));

        var failed = export(anna).at("/failed_logins");
        assertThat(failed).hasSize(12);
        assertThat(failed.at("/0/time").asLong()).isEqualTo(1000);
        assertThat(failed.at("/8/locked_until").isNull()).isTrue();
        // The tenth within 15 minutes would have to be before 1900.
        assertThat(failed.at("/9/locked_until").isNull()).isTrue();

        SERVER.execute(
                "update wrong_password set times = array[1000,1001,1002,1003,1004,1005,1006,1007,1008,1899]::bigint[]"
                        + " where tenant_id = ?",
                tenant);
        assertThat(export(anna).at("/failed_logins/9/locked_until").asLong()).isEqualTo(1900);
    }

    @Test
    void linksAreThereWithoutTheirTokens() {
        var anna = user("'name':'Anna','contact_details':{'email':'anna@example.com'}");
        var link = bss.post(
                "/users/" + anna + "/activation_links",
                "{'data':{'type':'ActivationLink','attributes':{'delivery':'none'}}}");
        var url = link.at("/data/attributes/url").asString();

        var response = post(anna);
        var links = response.at("/data/attributes/links");
        assertThat(links).hasSize(1);
        assertThat(links.at("/0/kind").asString()).isEqualTo("activation");
        assertThat(links.at("/0/expires_time")).isEqualTo(link.at("/data/attributes/expires_time"));
        assertThat(response.text()).doesNotContain(url.substring(url.length() - 20));
    }

    @Test
    void importsAreThereThatChangedTheUserOrHaveARejectedRowAboutIt() {
        var imports = new ImportClient(bss);
        var made = imports.sendRows(
                "",
                json("{'attributes':{'external_id':'i1','name':'Anna',"
                        + "'contact_details':{'email':'i1@example.com'}}}"));
        imports.finished(made);
        var rejected = imports.sendRows(
                "",
                json("{'attributes':{'external_id':'i1','name':7,'color':'red'}}"),
                json("{'attributes':{'external_id':'i2','contact_details':{'email':'I1@Example.com'}}}"),
                json("{'attributes':{'external_id':'i3','name':8}}"));
        imports.finished(rejected);
        var anna = bss.get("/users?filter[external_id]=i1").at("/data/0/id").asString();

        var list = export(anna).at("/imports");
        assertThat(list.valueStream().map(each -> each.at("/outcome").asString()))
                .containsExactly("CHANGED", "REJECTED", "REJECTED");
        assertThat(list.at("/0/import_id").asString()).isEqualTo(made.id());
        assertThat(list.at("/1/line").asInt()).isEqualTo(1);
        assertThat(list.at("/1/row/attributes/color").asString()).isEqualTo("red");
        assertThat(list.at("/1/errors").isArray()).isTrue();
        assertThat(list.at("/2/line").asInt()).isEqualTo(2);
        assertThat(list.toString()).doesNotContain("i3");
    }

    @Test
    void isInTheAuditLogWithThePersonAndTheKey() {
        var anna = user("'name':'Anna'");
        var response = bss.post("/users/" + anna + "/personal_data_exports", null, "X-Request-Id", "look-1");

        for (var filter : new String[] {"filter[user]=" + anna, "filter[tenant]=" + tenant}) {
            var events = SERVER.admin().get("/events?filter[kind]=user.personal_data_exported&" + filter);
            assertThat(events.at("/data")).as(filter).hasSize(1);
            var event = events.at("/data/0");
            assertThat(event.at("/id")).isEqualTo(response.at("/data/id"));
            assertThat(event.at("/relationships/user/data/id").asString()).isEqualTo(anna);
            assertThat(event.at("/relationships/tenant/data/id").asString()).isEqualTo(tenant.toString());
            assertThat(event.at("/relationships/author/data/id").isString()).isTrue();
            assertThat(event.at("/attributes/request_id").asString()).isEqualTo("look-1");
            assertThat(event.at("/attributes/address").asString()).isEqualTo("127.0.0.1");
        }
        assertThat(bss.get("/users/" + anna).at("/data/meta/version").asInt()).isEqualTo(1);
        assertThat(export(anna).at("/events"))
                .as("looks are no events of the user")
                .hasSize(1);
    }

    @Test
    void everyCallIsAnExportOfItsOwnWhateverItsIdempotencyKey() {
        var anna = user("'name':'Anna'");
        var path = "/users/" + anna + "/personal_data_exports";
        var first = bss.post(path, null, "Idempotency-Key", "k1");
        var second = bss.post(path, null, "Idempotency-Key", "k1");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isNull();
        assertThat(second.at("/data/id")).isNotEqualTo(first.at("/data/id"));
        assertThat(SERVER.value("select count(*) from idempotency_key where tenant_id = ?", tenant))
                .isEqualTo("0");
    }

    @Test
    void anAddressThatAnErasureHasTakenOutIsNotShown() {
        var anna = user("'name':'Anna'");
        SERVER.execute("update user_event set address = '', after = null where tenant_id = ?", tenant);
        var event = export(anna).at("/events/0");
        assertThat(event.at("/address").isNull()).isTrue();
        assertThat(event.at("/changes")).isEmpty();
        assertThat(event.at("/actor/kind").asString()).isEqualTo("KEY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'data':{'type':'PersonalDataExport'}}                                 | 201 |",
                "{'data':{'type':'PersonalDataExport','attributes':{}}}                 | 201 |",
                "{'data':{'type':'PersonalDataExport','attributes':{'form':'pdf'}}}     | 422 | unknown_member",
                "{'data':{'type':'PersonalDataExport','meta':{'form':'pdf'}}}           | 422 | unknown_member",
                "{'data':{'type':'User'}}                                               | 409 | type_mismatch",
                "{'data':{'type':'PersonalDataExport','id':'x'}}                        | 403 | client_id_not_allowed",
                "{'data'                                                                | 400 | malformed_json",
                "{}                                                                     | 400 | malformed_document"
            })
    void theBodySaysNothing(String body, int status, String code) {
        var anna = user("'name':'Anna'");
        var response = bss.post("/users/" + anna + "/personal_data_exports", body);
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        if (code != null) {
            assertThat(response.code()).isEqualTo(code);
            assertThat(looks(anna)).isEqualTo("0");
        }
    }

    private static String looks(String user) {
        return SERVER.value("select count(*) from admin_event where user_id = ?", UUID.fromString(user));
    }

    @Test
    void isOnlyForKeysWithTheScope() {
        var anna = user("'name':'Anna'");
        var other = SERVER.newKey(
                tenant, "users:read", "users:write", "credentials:verify", "bulk", "events:read", "webhooks");
        var response = other.post("/users/" + anna + "/personal_data_exports", null);
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.code()).isEqualTo("insufficient_scope");
        assertThat(looks(anna)).isEqualTo("0");
    }

    @Test
    void nobodyElsesUserIsThere() {
        var stranger =
                SERVER.newTenant().createUser("'name':'Berta'").at("/data/id").asString();
        for (var id : new String[] {stranger, UUID.randomUUID().toString(), "anna"}) {
            assertThat(post(id).status()).isEqualTo(404);
            assertThat(post(id).code()).isEqualTo("not_found");
            assertThat(bss.post("/users/" + id + "/personal_data_exports", "{").status())
                    .isEqualTo(404);
        }
        assertThat(looks(stranger)).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"GET", "PUT", "PATCH", "DELETE"})
    void otherMethodsAreNotAllowed(String method) {
        var response = bss.send(method, "/users/" + user("'name':'Anna'") + "/personal_data_exports", null);
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("POST, OPTIONS");
    }
}
