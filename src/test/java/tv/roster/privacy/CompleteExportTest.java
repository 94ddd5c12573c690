package tv.roster.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.platform.json.Json;
import tv.roster.privacy.PersonalData.Exported;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.TestPostgres;

/// An export has every value that the database has about a person, where [PersonalData] says so.
class CompleteExportTest {
    private static final TestServer SERVER = TestServer.shared();

    private static final String DELETED = "deleted_user";

    /// Which rows of each table are about the person.
    private static final Map<String, String> ROWS = Map.ofEntries(
            Map.entry("roster_user", "tenant_id = :tenant and id = :user"),
            Map.entry("user_profile", "tenant_id = :tenant and user_id = :user"),
            Map.entry(DELETED, "tenant_id = :tenant and id = :user"),
            Map.entry("user_event", "tenant_id = :tenant and user_id = :user"),
            Map.entry("mail", "tenant_id = :tenant and user_id = :user"),
            Map.entry("account_link", "tenant_id = :tenant and user_id = :user"),
            Map.entry("wrong_password", "tenant_id = :tenant and subject = :user"),
            Map.entry("idempotency_key", "tenant_id = :tenant"),
            Map.entry("import_chunk", "tenant_id = :tenant"),
            Map.entry("import_draft", "tenant_id = :tenant and id = :user"),
            Map.entry("import_rejected_row", "tenant_id = :tenant"),
            Map.entry(
                    "webhook_attempt",
                    "tenant_id = :tenant and event_id in (select e.id from user_event e where e.user_id = :user)"));

    private final UUID tenant = SERVER.addTenant("GOLD");
    private final ApiClient bss =
            SERVER.newKey(tenant, "users:read", "users:write", "credentials:verify", "bulk", "privacy");
    private final String user = bss.createUser("'name':'Anna Virtanen','external_id':'10023','user_flags':['GOLD'],"
                    + "'contact_details':{'email':'Anna@Example.com','telephone_number_E123':'+358 40 123 4567'}")
            .id();

    private void changeIt() {
        var profile =
                "{'data':{'type':'UserProfile','attributes':{'name':'Kalle','is_child_profile':true,'age_limit':7}}}";
        assertThat(bss.post("/users/" + user + "/user_profiles", profile, "X-Request-Id", "kalle-1")
                        .status())
                .isEqualTo(201);
        assertThat(bss.patch(
                                "/users/" + user,
                                "{'data':{'type':'User','id':'" + user + "','attributes':{'name':'Anna Korhonen',"
                                        + "'registration_information':{'registration_state':'REGISTERED'}},"
                                        + "'meta':{'security':{'user_password':'horse-battery-77'}}}}",
                                "Idempotency-Key",
                                "rename-10023")
                        .status())
                .isEqualTo(200);
        assertThat(bss.post(
                                "/users/" + user + "/password_reset_links",
                                "{'data':{'type':'PasswordResetLink','attributes':{'delivery':'email'}}}")
                        .status())
                .isEqualTo(201);
        assertThat(bss.post(
                                "/credential_checks",
                                "{'data':{'type':'CredentialCheck','attributes':"
                                        + "{'email':'anna@example.com','password':'wrong-wrong-1'}}}")
                        .textAt("/data/attributes/result"))
                .isEqualTo("wrong_credentials");
        var imports = new ImportClient(bss);
        imports.finished(imports.sendRows("", json("{'attributes':{'external_id':'10023','name':7}}")));
    }

    /// What only workers write, and only for moments.
    private void addWhatWorkersWrite() {
        run("""
                update mail set accepted_response = '250 queued for anna@example.com'
                 where tenant_id = :tenant and user_id = :user""");
        run("""
                insert into import_draft (tenant_id, import_id, id, version, name, email, email_key, telephone, user_flags,
                    external_id, registered_time, password_hash, default_profile_id, updated_time)
                select u.tenant_id, gen_random_uuid(), u.id, 9, 'Anna Draft', 'draft@example.com', 'draft@example.com',
                       '+358 40 999 9999', '{GOLD}', 'draft', 1700000077, '$draft$', gen_random_uuid(), 1
                  from roster_user u where u.tenant_id = :tenant and u.id = :user""");
        run("""
                insert into import_chunk (tenant_id, import_id, number, sealed_rows)
                values (:tenant, gen_random_uuid(), 0, '\\x736561')""");
        run("""
                insert into webhook_endpoint (tenant_id, id, url, kinds, status, sealed_secret, created_time, position)
                values (:tenant, :tenant, 'https://crm.example:8443/hooks?token=t0ken', '{}', 'PAUSED', '\\x00', 0, '')""");
        run("""
                insert into webhook_attempt (tenant_id, endpoint_id, id, event_id, time, status, milliseconds, response,
                    detail)
                select :tenant, :tenant, gen_random_uuid(), e.id, 1700000000123, 500, 3, 'Anna is unknown', 'It said no.'
                  from user_event e where e.tenant_id = :tenant and e.user_id = :user""");
    }

    private String bound(String sql) {
        return sql.replace(":tenant", "'" + tenant + "'::uuid").replace(":user", "'" + user + "'::uuid");
    }

    private void run(String sql) {
        SERVER.execute(bound(sql));
    }

    /// The values of a column in the rows about the person, without nulls.
    private List<JsonNode> stored(PersonalData data) throws SQLException {
        assertThat(ROWS).as("which rows of the table are about a person").containsKey(data.table());
        var values = new ArrayList<JsonNode>();
        try (var connection = TestPostgres.connect(SERVER.database());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(bound("select to_jsonb(%s)::text from %s where %s and %s is not null"
                        .formatted(data.column(), data.table(), ROWS.get(data.table()), data.column())))) {
            while (rows.next()) {
                values.add(parsed(rows.getString(1)));
            }
        }
        return values;
    }

    private static JsonNode parsed(String text) {
        var node = Json.read(text.getBytes(StandardCharsets.UTF_8));
        boolean isDocument = node.isString()
                && (node.asString().startsWith("{") || node.asString().startsWith("["));
        return isDocument ? parsed(node.asString()) : node;
    }

    private static Set<String> leaves(JsonNode node) {
        var leaves = new HashSet<String>();
        if (node.isContainer()) {
            node.forEach(child -> leaves.addAll(leaves(child)));
        } else if (!node.isNull()) {
            leaves.add(node.asString());
        }
        return leaves;
    }

    /// The values at a path such as `events[].before`.
    private static Set<String> at(JsonNode document, String path) {
        if (path.isEmpty()) {
            return leaves(document);
        }
        var dot = path.indexOf('.');
        var head = dot < 0 ? path : path.substring(0, dot);
        var rest = dot < 0 ? "" : path.substring(dot + 1);
        if (!head.endsWith("[]")) {
            return at(document.path(head), rest);
        }
        var found = new HashSet<String>();
        document.path(head.substring(0, head.length() - 2)).forEach(each -> found.addAll(at(each, rest)));
        return found;
    }

    private JsonNode export() {
        var response = bss.post("/users/" + user + "/personal_data_exports", null);
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        return response.at("/data/attributes");
    }

    private void check(JsonNode export, Predicate<PersonalData> which) throws SQLException {
        for (var data : PersonalData.ALL.stream().filter(which).toList()) {
            var name = data.table() + "." + data.column();
            var stored = stored(data);
            assertThat(stored).as("the values of %s that the test makes", name).isNotEmpty();
            switch (data.exported()) {
                case Exported.At(String path) ->
                    stored.forEach(value -> assertThat(at(export, path))
                            .as("%s at %s of %s", name, path, export)
                            .containsAll(leaves(value)));
                case Exported.Not(String reason) -> {
                    if (reason.contains("secret")) {
                        stored.forEach(value -> leaves(value)
                                .forEach(text ->
                                        assertThat(export.toString()).as(name).doesNotContain(text)));
                    }
                }
            }
        }
    }

    @Test
    void ofAUserWithSomethingInEveryPlace() throws SQLException {
        changeIt();
        addWhatWorkersWrite();
        var export = export();
        check(export, data -> !data.table().equals(DELETED));
        assertThat(export.at("/events/0/deliveries/0/receiver").asString()).isEqualTo("crm.example:8443");
        assertThat(export.toString()).doesNotContain("t0ken", "horse-battery");
        assertThat(export.at("/user/password_set").asBoolean()).isTrue();
    }

    @Test
    void ofAUserThatWasDeletedAndCanStillBeRestored() throws SQLException {
        changeIt();
        var before = export();
        assertThat(bss.delete("/users/" + user).status()).isEqualTo(204);
        assertThat(bss.get("/users/" + user).status()).isEqualTo(404);

        var after = export();
        check(after, data -> Set.of(DELETED, "user_event").contains(data.table()));
        assertThat(after.at("/profiles")).isEqualTo(before.at("/profiles"));
        for (var member :
                List.of("name", "email", "telephone_number_E123", "external_id", "created_time", "user_flags")) {
            assertThat(after.at("/user/" + member)).as(member).isEqualTo(before.at("/user/" + member));
        }
        assertThat(after.at("/user/deleted_time").asLong()).isPositive();
        assertThat(after.at("/user/purge_time").asLong())
                .isEqualTo(after.at("/user/deleted_time").asLong() + 30 * 86400);
        assertThat(after.at("/events").size()).isEqualTo(before.at("/events").size() + 1);
    }

    @Test
    void thereIsNoneOnceTheUserIsPurged() {
        assertThat(bss.delete("/users/" + user).status()).isEqualTo(204);
        run("update deleted_user set purge_time = 1 where tenant_id = :tenant and id = :user");
        assertThat(bss.post("/users/" + user + "/personal_data_exports", null).status())
                .isEqualTo(404);
        run("update deleted_user set copy = null, external_id = null where tenant_id = :tenant and id = :user");
        assertThat(bss.post("/users/" + user + "/personal_data_exports", null).status())
                .isEqualTo(404);
    }
}
