package tv.roster.console;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.WebhookReceiver;

/// A tenant in which much has happened.
///
/// @param base    the path of the tenant's pages, below the base of the console
/// @param longest somebody suspended whose values are as long as they come
record ConsoleSample(
        ApiClient bss,
        UUID tenant,
        String base,
        String user,
        String profile,
        String longest,
        String deleted,
        String webhook,
        String finishedImport,
        String runningImport,
        String key) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MORE_THAN_A_PAGE = 30;
    private static final int LOCKS = 10;

    /// @param server may send webhooks to this machine
    static ConsoleSample of(TestServer server) {
        var admin = new AdminClient(server.admin());
        var made = admin.newTenant(
                ",'user_flags':['VIP','PAYMENT_OVERDUE'],'ip_allow_list':['127.0.0.0/8','192.0.2.0/24']");
        var tenant = UUID.fromString(made.id());
        var bss = server.newKey(tenant, "users:read", "users:write", "credentials:verify", "bulk", "webhooks");
        var webhook = webhook(bss);
        var user = user(bss);
        var longest = longest(bss);
        fill(bss);
        var deleted = deleted(bss, "gone-1");
        deleted(bss, "gone-2");
        var finished = imported(bss, "?dry_run=true");
        return new ConsoleSample(
                bss,
                tenant,
                "/t/" + made.textAt("/data/attributes/slug"),
                user,
                bss.get("/users/" + user + "/user_profiles").textAt("/data/1/id"),
                longest,
                deleted,
                webhook,
                finished,
                running(server, bss),
                keys(admin, made.id()));
    }

    private static String user(ApiClient bss) {
        var id = bss.createUser("'name':'Anna Virtanen','external_id':'bss-1042','user_flags':['VIP'],"
                        + "'contact_details':{'email':'anna@example.com','telephone_number_E123':'+358401234567'}")
                .id();
        bss.post(
                "/users/" + id + "/user_profiles",
                "{'data':{'type':'UserProfile','attributes':{'name':'Kids','is_child_profile':true,'age_limit':12}}}");
        bss.patchUser(id, "'contact_details':{'email':'anna.virtanen@example.com'}");
        bss.post("/users/" + id + "/activation_links", null);
        for (int wrong = 0; wrong < LOCKS; wrong++) {
            bss.post(
                    "/credential_checks",
                    "{'data':{'type':'CredentialCheck','attributes':{'external_id':'bss-1042','password':'wrong guess'}}}");
        }
        return id;
    }

    private static String longest(ApiClient bss) {
        return bss.createUser("'name':'Wilhelmine Hildegard von und zu Obersimmental-Niederösterreich',"
                        + "'external_id':'kabelfernsehgenossenschaft-0000000000000000000000001042',"
                        + "'user_flags':['VIP','PAYMENT_OVERDUE','LOGIN_RESTRICTED'],'contact_details':"
                        + "{'email':'wilhelmine.hildegard-von-obersimmental@kabelfernsehgenossenschaft.example'}")
                .id();
    }

    private static void fill(ApiClient bss) {
        for (int number = 0; number < MORE_THAN_A_PAGE; number++) {
            bss.createUser("'name':'Matti Virta " + number + "','external_id':'bss-" + number
                    + "','contact_details':{'email':'matti-" + number + "@example.com'}");
        }
    }

    private static String deleted(ApiClient bss, String externalId) {
        var id = bss.createUser("'external_id':'" + externalId + "'").id();
        bss.delete("/users/" + id);
        return id;
    }

    /// With attempts that have failed.
    private static String webhook(ApiClient bss) {
        try (var receiver = new WebhookReceiver().answering(503)) {
            var id = bss.post(
                            "/webhook_endpoints",
                            AdminClient.document(
                                    "WebhookEndpoint",
                                    "'url':'" + receiver.url()
                                            + "','description':'The BSS','kinds':['user.created','user.deleted']"))
                    .id();
            bss.createUser("'name':'Bea Blom'");
            await().atMost(PATIENCE)
                    .until(() -> !bss.get("/webhook_endpoints/" + id + "/deliveries")
                            .at("/data")
                            .isEmpty());
            return id;
        }
    }

    private static String imported(ApiClient bss, String query) {
        var rows = IntStream.range(0, 50)
                .mapToObj(row -> "row-" + row + "," + (row % 10 == 0 ? "nonsense" : ""))
                .collect(Collectors.joining("\n", "external_id,email\n", "\n"));
        var imports = new ImportClient(bss);
        var sent = imports.send(query, ImportClient.CSV, rows);
        imports.finished(sent);
        return sent.id();
    }

    /// One that never ends, since the node that has it is not there.
    private static String running(TestServer server, ApiClient bss) {
        var id = imported(bss, "?dry_run=true");
        server.execute(
                "update import set status = 'RUNNING', finished_time = null, rows_total = 10000, rows_done = 4200,"
                        + " lease_until = 9000000000000 where id = ?",
                UUID.fromString(id));
        return id;
    }

    /// One to use, and one that is revoked.
    private static String keys(AdminClient admin, String tenant) {
        var revoked = admin.newKey(tenant, ",'scopes':['users:read']").id();
        admin.api().delete("/api_keys/" + revoked);
        return admin.newKey(tenant, ",'scopes':['users:read','users:write','credentials:verify','bulk','events:read']")
                .id();
    }

    /// Changes the user, as somebody else would.
    void changeUser() {
        bss.patchUser(user, "'name':'Anna Virtanen-Salo'");
    }
}
