package tv.roster.console.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.Json.json;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.console.ConsoleBrowser;
import tv.roster.console.ConsoleSessions;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Deleted users, imports and exports at the console, without a script.
class ManagePagesTest {
    private static final String BOUNDARY = "----between-the-parts";

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant("VIP");
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "bulk");
    private final String base = "/console/t/t-" + tenant;

    private ConsoleBrowser browser(Role role) {
        return new ConsoleBrowser(server, ConsoleSessions.of(server, role, tenant));
    }

    private String deleted(String attributes) {
        var id = bss.createUser(attributes).id();
        assertThat(bss.delete("/users/" + id).status()).isEqualTo(204);
        return id;
    }

    @Test
    void aDeletedUserIsFoundByItsExternalIdAndRestored() {
        var id = deleted("'name':'Anna','external_id':'gone-1'");
        deleted("'external_id':'gone-2'");
        var agent = browser(Role.AGENT);
        var found = agent.open(base + "/deleted_users?external_id=gone-1");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.text())
                .contains("gone-1", id, "Purged", ">Restore<")
                .doesNotContain("gone-2", "Erase…", "Export personal data");
        var restored = agent.send(base + "/deleted_users/" + id + "/restore", Map.of());
        assertThat(restored.status()).isEqualTo(303);
        assertThat(restored.header("Location")).endsWith("/users/" + id + "?done=restored");
        assertThat(bss.get("/users/" + id).textAt("/data/attributes/name")).isEqualTo("Anna");
        assertThat(agent.send(base + "/deleted_users/" + id + "/restore", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRestorationWhoseAddressIsTakenShowsWhoHasIt() {
        var id = deleted("'contact_details':{'email':'taken@example.com'}");
        var other = bss.createUser("'contact_details':{'email':'taken@example.com'}")
                .id();
        var refused = browser(Role.AGENT).send(base + "/deleted_users/" + id + "/restore", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("Nobody was restored", "/users/" + other + "\"");
    }

    @Test
    void viewersRestoreNobodyAndOnlyManagersErase() {
        var id = deleted("'external_id':'gone-3'");
        var viewer = browser(Role.VIEWER);
        assertThat(viewer.open(base + "/deleted_users").text())
                .contains("gone-3")
                .doesNotContain(">Restore<");
        assertThat(viewer.send(base + "/deleted_users/" + id + "/restore", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(browser(Role.AGENT)
                        .open(base + "/deleted_users/" + id + "/erase")
                        .status())
                .isEqualTo(403);
        var manager = browser(Role.MANAGER);
        var page = base + "/deleted_users/" + id + "/erase";
        assertThat(manager.open(page).text()).contains("cannot be undone", id);
        assertThat(manager.send(page, Map.of("word", "erase")).status()).isEqualTo(422);
        var receipt = manager.send(page, Map.of("word", "ERASE"));
        assertThat(receipt.status()).isEqualTo(200);
        assertThat(receipt.text()).contains("Receipt", id);
        assertThat(bss.get("/deleted_users?filter[external_id]=gone-3")
                        .at("/data")
                        .size())
                .isZero();
    }

    @Test
    void aFileIsTriedFirstAndThenImportedForReal() {
        var manager = browser(Role.MANAGER);
        assertThat(manager.open(base + "/imports").text())
                .contains("Nothing has been imported", "name=\"dry_run\" value=\"yes\" checked");
        var file = IntStream.range(0, 10_000)
                .mapToObj(row -> "row-" + row + ",Anna Virtanen " + row + "," + (row == 9_999 ? "nonsense" : ""))
                .collect(Collectors.joining("\n", "external_id,name,email\n", "\n"));
        var tried = finished(manager, upload(manager, manager.csrf(), "yes", "users.csv", file));
        assertThat(tried)
                .contains("Completed", "9,999", "Would be created", "Nothing was changed", "10001", "email:")
                .contains("/imports?dry_run=no&amp;mode=upsert")
                .doesNotContain("hx-get");
        assertThat(bss.get("/users?page[total]=true").at("/data").size()).isZero();
        assertThat(manager.open(base + "/imports?dry_run=no&mode=upsert").text())
                .doesNotContain("name=\"dry_run\" value=\"yes\" checked");
        var sent = upload(manager, manager.csrf(), "", "users.csv", file);
        assertThat(finished(manager, sent)).contains("Completed", "Created", "9,999");
        assertThat(bss.allUserIds()).hasSize(9_999);
        var rejected = manager.open(page(sent) + "/rejected_rows");
        assertThat(rejected.header("Content-Type")).startsWith("text/csv");
        assertThat(rejected.header("Content-Disposition")).startsWith("attachment");
        assertThat(rejected.header("Cache-Control")).isEqualTo("no-store");
        assertThat(rejected.text()).contains("row-9999");
        assertThat(manager.open(base + "/imports").text()).contains(">Completed<", "dry run", "10,000");
        assertThat(manager.send(page(sent) + "/cancel", Map.of()).status()).isEqualTo(409);
        assertThat(manager.open(page(sent) + "/delete").text()).contains("Delete this import?");
        assertThat(manager.send(page(sent) + "/delete", Map.of()).header("Location"))
                .endsWith("/imports?done=removed");
        assertThat(manager.open(page(sent)).status()).isEqualTo(404);
    }

    @Test
    void aFileIsWhatItsNameOrItsFirstBytesSay() {
        var manager = browser(Role.MANAGER);
        var row = json("{'attributes':{'external_id':'n-1'}}\n");
        for (var name : new String[] {"users.jsonl", "users"}) {
            assertThat(finished(manager, upload(manager, manager.csrf(), "yes", name, row)))
                    .contains("Completed", "<dt>Would be created</dt><dd>1</dd>");
        }
    }

    @Test
    void onlyTheFirstHundredRejectedRowsAreShown() {
        var manager = browser(Role.MANAGER);
        var file = "external_id,email\n" + "x,nonsense\n".repeat(150);
        assertThat(finished(manager, upload(manager, manager.csrf(), "yes", "users.csv", file)))
                .contains("The first 100 of 150", ">101<")
                .doesNotContain(">102<");
    }

    @Test
    void aFileWithoutTheTokenOfTheSessionIsRefusedBeforeItIsStored() {
        var manager = browser(Role.MANAGER);
        var file = "external_id\n1\n";
        assertThat(upload(manager, "", "yes", "users.csv", file).status()).isEqualTo(403);
        assertThat(upload(manager, browser(Role.MANAGER).csrf(), "yes", "users.csv", file)
                        .status())
                .isEqualTo(403);
        assertThat(manager.sendBody(base + "/imports", "text/plain", file).status())
                .isEqualTo(415);
        assertThat(server.value("select count(*) from import where tenant_id = ?", tenant))
                .isEqualTo("0");
    }

    @Test
    void formsThatAreNotWholeAreRefused() {
        var manager = browser(Role.MANAGER);
        var whole = parts(manager.csrf(), "yes", "users.csv", "external_id\n1\n");
        var cut = manager.sendBody(
                base + "/imports",
                "multipart/form-data; boundary=" + BOUNDARY,
                whole.substring(0, whole.length() - BOUNDARY.length() - 8));
        assertThat(cut.status()).isEqualTo(400);
        assertThat(cut.text()).contains("damaged");
        var empty = upload(manager, manager.csrf(), "yes", "", "");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.text()).contains("Choose a file.");
        var unknown = upload(manager, manager.csrf(), "yes", "users.csv", "colour\nred\n");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("The file was not taken", "colour");
        assertThat(bss.get("/imports").at("/data").size()).isZero();
    }

    @Test
    void anExportIsADownloadWithTheFiltersOfTheForm() {
        bss.createUser("'external_id':'e-1','user_flags':['VIP']");
        bss.createUser("'external_id':'e-2'");
        var manager = browser(Role.MANAGER);
        assertThat(manager.open(base + "/exports").text()).contains("flag_VIP", "data-download");
        var all = manager.open(base + "/exports/users?format=csv");
        assertThat(all.text()).contains("e-1", "e-2");
        assertThat(all.header("Content-Type")).startsWith("text/csv");
        assertThat(all.header("Content-Disposition")).startsWith("attachment");
        assertThat(all.header("Cache-Control")).isEqualTo("no-store");
        var some = manager.open(base + "/exports/users?format=ndjson&registration_state=UNREGISTERED&flag_VIP=yes");
        assertThat(some.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(some.text()).contains("e-1").doesNotContain("e-2");
        var wrong = manager.open(base + "/exports/users?registration_state=BOTH");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("<h1>Exports</h1>", "role=\"alert\"");
    }

    @Test
    void agentsAndOtherTenantsHaveNoneOfThis() {
        var agent = browser(Role.AGENT);
        var other = new ConsoleBrowser(server, ConsoleSessions.of(server, Role.MANAGER, server.addTenant()));
        for (var path : new String[] {"/imports", "/exports", "/exports/users"}) {
            assertThat(agent.open(base + path).status()).as(path).isEqualTo(403);
            assertThat(other.open(base + path).status()).as(path).isEqualTo(404);
        }
        assertThat(other.open(base + "/deleted_users").status()).isEqualTo(404);
        assertThat(upload(agent, agent.csrf(), "yes", "users.csv", "external_id\n")
                        .status())
                .isEqualTo(403);
        assertThat(upload(other, other.csrf(), "yes", "users.csv", "external_id\n")
                        .status())
                .isEqualTo(404);
    }

    private Response upload(ConsoleBrowser browser, String csrf, String dryRun, String name, String file) {
        return browser.sendBody(
                base + "/imports", "multipart/form-data; boundary=" + BOUNDARY, parts(csrf, dryRun, name, file));
    }

    private static String parts(String csrf, String dryRun, String name, String file) {
        return field("csrf", csrf) + field("mode", "upsert") + (dryRun.isEmpty() ? "" : field("dry_run", dryRun))
                + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + file + "\r\n--" + BOUNDARY + "--\r\n";
    }

    private static String field(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    /// The path of an import that was just sent.
    private String page(Response sent) {
        var location = sent.header("Location");
        assertThat(location).as(sent.text()).contains("/imports/");
        return base + location.substring(location.indexOf("/imports/"), location.indexOf('?'));
    }

    /// Its page when it has finished.
    private String finished(ConsoleBrowser browser, Response sent) {
        assertThat(sent.status()).as(sent.text()).isEqualTo(303);
        await().until(() -> browser.open(page(sent)).text(), text -> !text.contains("hx-get"));
        return browser.open(page(sent)).text();
    }
}
