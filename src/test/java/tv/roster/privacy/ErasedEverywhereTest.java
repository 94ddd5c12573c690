package tv.roster.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;
import static tv.roster.testing.Json.json;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;

/// A user with a history in every table is erased: afterwards no row of the database, no call, page or metric has any
/// of the person's values. (That no log has them is checked at the end of every test run.)
class ErasedEverywhereTest {
    private static final String CID = "cid-zx81-0047";
    private static final List<String> VALUES = List.of(
            "Quirrelmann",
            "Xanthippe",
            "Zaphodine",
            "quirrel@lumos.example",
            "former.quirrel@nox.example",
            "Quirrel@Patronus.example",
            "358409998877",
            "358 40 999 8877",
            CID,
            "198.51.100.77",
            "wrong-guess-quirrel");

    private final TestServer server = new TestServer(
            Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8", "ROSTER_TRUSTED_PROXIES", "127.0.0.1"),
            InstantSource.system());
    private final UUID tenant = server.addTenant("GOLD");
    private final ApiClient api = server.newKey(
            tenant, "users:read", "users:write", "credentials:verify", "bulk", "events:read", "webhooks", "privacy");

    @AfterEach
    void stop() {
        server.close();
    }

    private static Response expect(int status, Response response) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        return response;
    }

    private String user() {
        var created = expect(
                201,
                api.post(
                        "/users",
                        ApiClient.user("{'name':'Xanthippe Quirrelmann','external_id':'" + CID + "',"
                                + "'contact_details':{'email':'former.quirrel@nox.example',"
                                + "'telephone_number_E123':'+358 40 999 8877'}}"),
                        "Idempotency-Key",
                        "make-" + CID,
                        "X-Request-Id",
                        "req-" + CID,
                        "X-Forwarded-For",
                        "198.51.100.77"));
        return created.id();
    }

    private void liveWithIt(String id) {
        api.patchUser(
                id,
                "'contact_details':{'email':'quirrel@lumos.example'},"
                        + "'registration_information':{'registration_state':'REGISTERED'}",
                "Idempotency-Key",
                "change-1");
        expect(201, api.post("/users/" + id + "/user_profiles", document("UserProfile", "'name':'Zaphodine'")));
        // Refused, and kept with what it quotes.
        expect(
                422,
                api.patch(
                        "/users/by_external_id/" + CID,
                        json("{'data':{'type':'User','id':'" + id + "','attributes':{'contact_details':"
                                + "{'email':'quirrel@lumos.example@'}}}}"),
                        "Idempotency-Key",
                        "change-2"));
        expect(
                409,
                api.post("/users", ApiClient.user("{'external_id':'" + CID + "'}"), "Idempotency-Key", "make-again"));
        expect(
                201,
                api.post(
                        "/users/" + id + "/password_reset_links", document("PasswordResetLink", "'delivery':'email'")));
        for (var email : List.of("quirrel@lumos.example", "former.quirrel@nox.example")) {
            expect(
                    200,
                    api.post(
                            "/credential_checks",
                            document("CredentialCheck", "'email':'" + email + "','password':'wrong-guess-quirrel'")));
        }
    }

    private void importIt(String id) {
        var imports = new ImportClient(api);
        imports.finished(imports.sendRows(
                "",
                json("{'attributes':{'external_id':'" + CID + "','name':7}}"),
                json("{'id':'" + id + "','attributes':{'contact_details':{'email':'no address of Quirrelmann'}}}"),
                json("{'attributes':{'external_id':'" + CID + "','contact_details':"
                        + "{'email':'Quirrel@Patronus.example'}}}")));
    }

    private void tellOthers(WebhookReceiver receiver) {
        receiver.answering(message -> new Answer(500, "I do not know " + message.body(), Map.of()));
        expect(201, api.post("/webhook_endpoints", document("WebhookEndpoint", "'url':'" + receiver.url() + "'")));
    }

    /// All values of all rows, as texts in lower case; bytes as the characters that they stand for.
    private List<String> found() throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            for (var table : tables()) {
                try (var rows = statement.executeQuery("select t.*, t::text as whole from " + table + " t")) {
                    while (rows.next()) {
                        var columns = rows.getMetaData();
                        for (int column = 1; column <= columns.getColumnCount(); column++) {
                            var bytes =
                                    columns.getColumnTypeName(column).equals("bytea") ? rows.getBytes(column) : null;
                            var text =
                                    bytes == null ? rows.getString(column) : new String(bytes, StandardCharsets.UTF_8);
                            for (var value : wanted()) {
                                if (text != null
                                        && text.toLowerCase(Locale.ROOT).contains(value)) {
                                    found.add(table + "." + columns.getColumnName(column) + " has " + value);
                                }
                            }
                        }
                    }
                }
            }
        }
        return found.stream().distinct().toList();
    }

    private List<String> tables() throws SQLException {
        return List.of(server.value("""
                select string_agg(c.oid::regclass::text, ',' order by c.relname) from pg_class c
                 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace""").split(","));
    }

    /// The values, and their bytes in hexadecimal digits.
    private static List<String> wanted() {
        return VALUES.stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .flatMap(value -> Stream.of(value, HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    private Stream<String> callsThatShowThings(String id) {
        return Stream.of(
                api.get("/users?page%5Bsize%5D=1000").text(),
                api.get("/users/" + id).text(),
                api.get("/users/by_external_id/" + CID).text().replace(CID, ""),
                api.get("/deleted_users").text(),
                api.get("/events?page%5Bsize%5D=1000").text(),
                api.get("/imports").text(),
                api.get("/exports/users").text(),
                server.admin().get("/events?page%5Bsize%5D=1000").text(),
                server.admin().get("/events?filter%5Buser%5D=" + id).text(),
                page(server.url() + "/outbox"),
                page(server.healthUrl() + "/metrics"));
    }

    private static String page(String url) {
        return ApiClient.send(HttpRequest.newBuilder(URI.create(url)).build()).text();
    }

    private void nothingIsLeft(String id) throws SQLException {
        assertThat(found()).isEmpty();
        var shown = callsThatShowThings(id)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
        for (var value : VALUES) {
            assertThat(shown).noneMatch(text -> text.contains(value.toLowerCase(Locale.ROOT)));
        }
    }

    private Response erase(String attributes) {
        return expect(201, api.post("/erasures", document("Erasure", attributes)));
    }

    private static Map<String, Integer> removed(Response receipt) {
        var removed = new HashMap<String, Integer>();
        receipt.at("/data/attributes/removed")
                .forEach(place -> removed.put(
                        place.path("place").asString(), place.path("count").asInt()));
        return removed;
    }

    @Test
    void nothingIsLeftOfAUserWithAHistoryInEveryTable() throws SQLException {
        try (var receiver = new WebhookReceiver()) {
            tellOthers(receiver);
            var id = user();
            liveWithIt(id);
            importIt(id);
            await().until(() -> Integer.parseInt(server.value(
                            "select count(*) from webhook_attempt where tenant_id = ? and response is not null",
                            tenant))
                    > 0);
            var before = found();
            assertThat(before).anyMatch(text -> text.startsWith("roster_user."));
            assertThat(before).anyMatch(text -> text.startsWith("user_profile."));
            assertThat(before).anyMatch(text -> text.startsWith("user_event."));
            assertThat(before).anyMatch(text -> text.startsWith("mail."));
            assertThat(before).anyMatch(text -> text.startsWith("idempotency_key.body"));
            assertThat(before).anyMatch(text -> text.startsWith("import_rejected_row.row"));
            assertThat(before).anyMatch(text -> text.startsWith("webhook_attempt.response"));

            // The receiver gets nothing more, so that no attempt is made behind the erasure.
            api.get("/webhook_endpoints")
                    .at("/data")
                    .forEach(endpoint -> expect(
                            200,
                            api.patch(
                                    "/webhook_endpoints/" + endpoint.path("id").asString(),
                                    document(
                                            "WebhookEndpoint",
                                            endpoint.path("id").asString(),
                                            "'status':'PAUSED'"))));
            var removed = removed(erase("'external_id':'" + CID + "'"));
            assertThat(removed)
                    .containsEntry("users", 1)
                    .containsEntry("profiles", 2)
                    .containsEntry("deleted_copies", 0)
                    .containsEntry("mails", 1)
                    .containsEntry("links", 1)
                    .containsEntry("failed_logins", 2)
                    .containsEntry("import_rows", 0)
                    .containsEntry("rejected_rows", 2);
            assertThat(removed.get("kept_answers")).isEqualTo(3);
            assertThat(removed.get("events")).isGreaterThan(4);
            assertThat(removed.get("webhook_attempts")).isPositive();
            nothingIsLeft(id);
        }
    }

    @Test
    void nothingIsLeftOfADeletedUser() throws SQLException {
        var id = user();
        liveWithIt(id);
        expect(204, api.delete("/users/" + id));
        assertThat(found()).anyMatch(text -> text.startsWith("deleted_user.copy"));
        assertThat(removed(erase("'user_id':'" + id + "'")))
                .containsEntry("deleted_copies", 1)
                .containsEntry("users", 0);
        nothingIsLeft(id);
    }

    @Test
    void nothingIsLeftOfAPurgedUser() throws SQLException {
        var id = user();
        liveWithIt(id);
        expect(204, api.delete("/users/" + id));
        server.execute("update deleted_user set copy = null, external_id = null where tenant_id = ?", tenant);
        assertThat(found()).isNotEmpty();
        erase("'external_id':'" + CID + "'");
        nothingIsLeft(id);
    }

    /// Others are changed and changed on; the person alone is gone.
    @Test
    void nobodyElseLosesAnything() {
        var others = IntStream.range(0, 20)
                .mapToObj(number -> api.createUser(
                                "'name':'Xanthippe Quirrelmann','external_id':'cid-zx81-1" + number + "'")
                        .id())
                .toList();
        var id = user();
        liveWithIt(id);
        erase("'user_id':'" + id + "'");
        for (var other : others) {
            assertThat(api.get("/users/" + other).textAt("/data/attributes/name"))
                    .isEqualTo("Xanthippe Quirrelmann");
        }
        assertThat(server.value("""
                select count(*) from user_event e where e.tenant_id = ? and e.after ->> 'name' = 'Xanthippe Quirrelmann'""", tenant)).isEqualTo("20");
    }
}
