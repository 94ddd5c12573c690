package tv.roster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.agents.values.Role;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Chromium;
import tv.roster.testing.FixedClock;
import tv.roster.testing.ImportClient;
import tv.roster.testing.SmallPng;

/// The pictures of `docs/console.md`, of a server whose data and times are the same each time. Each stands beside the
/// text that was on its page, by which the build notices that it is out of date. With the variable `RECORD_PICTURES`
/// set, it takes them anew.
class ConsolePicturesTest {
    private static final Path FOLDER = Path.of("docs", "pictures");
    private static final Path TAKEN = Path.of("target", "screenshots");
    private static final Pattern NAME = Pattern.compile("\\(pictures/(console-[a-z-]+)\\.png\\)");

    /// What is random and shown, in the place of which a picture has always the same.
    private static final String SAME_IDS = """
            () => {
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                texts.currentNode.data = texts.currentNode.data
                    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '0198a2b4-1c6f-7a54-8d0e-93c1f2f5a6de');
              }
            }""";

    private final FixedClock clock = new FixedClock(Instant.parse("2026-03-12T09:14:00Z"));

    private final List<String> outdated = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    @Test
    void picturesOfTheGuideShowThePagesAsTheyAre() throws IOException {
        var settings = Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1");
        try (var server = new TestServer(settings, clock);
                var chromium = new Chromium();
                var window = chromium.desk(1280, 560)) {
            var admin = new AdminClient(server.admin());
            var tenant = admin.newTenant("");
            var bss = server.client(AdminClient.secret(
                    admin.newKey(tenant.id(), ",'scopes':['users:read','users:write','credentials:verify','bulk']")));
            var base = server.url() + "/console/t/" + tenant.textAt("/data/attributes/slug");
            var anna = subscribers(bss);
            var imported = imported(bss);
            keys(server, admin, tenant.id());
            signIn(server, window, tenant.id());
            take(window, "console-search", base + "/users?q=virta");
            take(window, "console-subscriber", base + "/users/" + anna);
            take(window, "console-import", base + "/imports/" + imported);
            take(window, "console-keys", base + "/keys");
            anHourOfCalls(bss);
            signIn(server, window, tenant.id());
            take(window, "console-overview", server.url() + "/console/overview");
        }
        assertThat(outdated).as("pictures that RECORD_PICTURES=1 takes anew").isEmpty();
        assertThat(NAME.matcher(Files.readString(Path.of("docs", "console.md")))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    private void signIn(TestServer server, BrowserContext window, String tenant) {
        var session = ConsoleSessions.of(server, Role.ADMINISTRATOR, UUID.fromString(tenant), clock);
        server.execute("update agent set name = 'Olga Berg'");
        ConsoleSessions.open(window, session);
    }

    private void take(BrowserContext window, String name, String url) throws IOException {
        names.add(name);
        try (var page = window.newPage()) {
            page.navigate(url);
            await().until(() -> {
                page.reload();
                return !page.innerText("main").contains("being counted");
            });
            page.evaluate(SAME_IDS);
            boolean records = System.getenv("RECORD_PICTURES") != null;
            var picture = SmallPng.of(page.screenshot(new Page.ScreenshotOptions().setFullPage(true)));
            Files.createDirectories(TAKEN);
            Files.write((records ? FOLDER : TAKEN).resolve(name + ".png"), picture);
            page.evaluate("document.querySelectorAll('.hidden').forEach(element => element.remove())");
            var text = page.innerText("body").strip().replaceAll("[ \\t]*\\n\\s*", "\n") + "\n";
            var shown = FOLDER.resolve(name + ".txt");
            if (records) {
                Files.writeString(shown, text);
            } else if (!Files.exists(FOLDER.resolve(name + ".png"))
                    || !Files.readString(shown).equals(text)) {
                outdated.add(name + ", whose page now says:\n" + text);
            }
        }
    }

    /// Returns the one to whom most has happened.
    private String subscribers(ApiClient bss) {
        for (var other : List.of(
                "'name':'Matti Virta','external_id':'C-20418','user_flags':['LOGIN_RESTRICTED'],'contact_details':"
                        + "{'email':'matti.virta@example.com','telephone_number_E123':'+358407654321'}",
                "'name':'Ida Virtala','external_id':'C-20533','contact_details':{'email':'ida@virtala.example'},"
                        + "'registration_information':{'registration_state':'REGISTERED'}",
                "'name':'Lauri Laine','external_id':'C-20534','contact_details':{'email':'virtavalo@example.com'}")) {
            bss.createUser(other);
            clock.advance(Duration.ofMinutes(7));
        }
        var anna = bss.createUser("'name':'Anna Virtanen','external_id':'C-20611','contact_details':"
                        + "{'email':'anna@example.com','telephone_number_E123':'+358401234567'}")
                .id();
        clock.advance(Duration.ofMinutes(26));
        bss.patchUser(
                anna,
                "'contact_details':{'email':'anna.virtanen@example.com','telephone_number_E123':'+358401234567'}");
        clock.advance(Duration.ofMinutes(3));
        bss.post("/users/" + anna + "/activation_links", null);
        clock.advance(Duration.ofMinutes(40));
        for (int wrong = 0; wrong < 10; wrong++) {
            bss.post(
                    "/credential_checks",
                    "{'data':{'type':'CredentialCheck','attributes':{'external_id':'C-20611','password':'wrong guess'}}}");
        }
        clock.advance(Duration.ofMinutes(2));
        return anna;
    }

    private void anHourOfCalls(ApiClient bss) {
        clock.advance(Duration.ofMinutes(61));
        for (int minute = 0; minute < 60; minute++) {
            for (int call = 0; call < 2 + minute * 7 % 5; call++) {
                bss.get("/users?page[size]=1");
            }
            if (minute % 9 == 4) {
                bss.get("/users/by_external_id/C-0");
            }
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private static String imported(ApiClient bss) {
        var rows = new StringBuilder("external_id,name,email\n");
        for (int row = 1; row <= 2_400; row++) {
            rows.append("C-")
                    .append(30_000 + row)
                    .append(",Subscriber ")
                    .append(row)
                    .append(',');
            rows.append(row % 600 == 0 ? "nobody" : "c" + row + "@example.com").append('\n');
        }
        var imports = new ImportClient(bss);
        var sent = imports.send("?dry_run=true", ImportClient.CSV, rows.toString());
        imports.finished(sent);
        return sent.id();
    }

    private void keys(TestServer server, AdminClient admin, String tenant) {
        key(admin, tenant, "'name':'Login service','scopes':['credentials:verify']");
        var old = key(admin, tenant, "'name':'Former BSS','scopes':['users:read','users:write']");
        clock.advance(Duration.ofMinutes(5));
        admin.api().delete("/api_keys/" + old);
        // When a key was used is noted a while later.
        server.execute("update api_key set prefix = substr(md5(name), 1, 8)");
        server.execute(
                "update api_key set last_used_time = ? where name = 'BSS'",
                clock.instant().getEpochSecond());
    }

    private static String key(AdminClient admin, String tenant, String attributes) {
        return admin.api()
                .post("/tenants/" + tenant + "/api_keys", AdminClient.document("ApiKey", attributes))
                .id();
    }
}
