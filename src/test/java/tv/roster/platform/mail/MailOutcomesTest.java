package tv.roster.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.templates.Templates;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.FreePort;
import tv.roster.testing.Response;

/// `GET /users/{user_id}/mails`: support sees what became of the mails to a subscriber. Each test has a database of its
/// own, for a queue serves all tenants.
class MailOutcomesTest {
    private final FixedClock clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
    private final long now = clock.instant().getEpochSecond();
    private final TestServer server = new TestServer(Map.of(), clock);
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, server.database(), 1);
    private final LinkSeal seal = new LinkSeal(Keys.of(KeyUse.LINKS.key(
            HexFormat.of().parseHex(server.value("select encode(secret, 'hex') from installation_secret")))));
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private final String user =
            bss.createUser("'contact_details':{'email':'anna@example.com'}").id();

    @AfterEach
    void stop() {
        database.close();
        loops.close();
        server.close();
    }

    private void mail(String links) {
        assertThat(bss.post("/users/" + user + "/" + links, null).status()).isEqualTo(201);
    }

    private void sendBy(String url) {
        var mailer = new SmtpMailer(
                SmtpServer.parse(url).from("no-reply@tv.example"),
                new MailText(new Templates()),
                "https://account.tv.example");
        try (var queue = new MailQueue(database, mailer, seal, clock)) {
            queue.sendDue();
        }
    }

    private Response page(String query) {
        var page = bss.get("/users/" + user + "/mails" + query);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return page;
    }

    private JsonNode newest() {
        return page("").at("/data/0/attributes");
    }

    @Test
    void aMailWaitsInTheQueueWhileThereIsNoMailServer() {
        assertThat(page("").at("/data")).isEmpty();
        mail("activation_links");
        assertThat(page("").textAt("/data/0/type")).isEqualTo("Mail");
        var mail = newest();
        assertThat(mail.at("/kind").asString()).isEqualTo("activation");
        assertThat(mail.at("/recipient").asString()).isEqualTo("anna@example.com");
        assertThat(mail.at("/language").asString()).isEqualTo("en");
        assertThat(mail.at("/status").asString()).isEqualTo("QUEUED");
        assertThat(mail.at("/attempts").asInt()).isZero();
        assertThat(mail.at("/created_time").asLong()).isEqualTo(now);
        assertThat(mail.at("/expires_time").asLong())
                .isEqualTo(now + Duration.ofDays(7).toSeconds());
        assertThat(mail.at("/next_attempt_time").asLong()).isEqualTo(now);
        assertThat(mail.at("/finished_time").isNull()).isTrue();
        assertThat(mail.at("/accepted_by").isNull()).isTrue();
        assertThat(mail.at("/failure").isNull()).isTrue();
    }

    @Test
    void whoAcceptedAMailIsSaidWithTheResponse() throws Exception {
        mail("activation_links");
        try (var smtp = new ScriptedSmtp("250 yes")) {
            sendBy(smtp.url());
        }
        var mail = newest();
        assertThat(mail.at("/status").asString()).isEqualTo("SENT");
        assertThat(mail.at("/attempts").asInt()).isEqualTo(1);
        assertThat(mail.at("/finished_time").asLong()).isEqualTo(now);
        assertThat(mail.at("/next_attempt_time").isNull()).isTrue();
        assertThat(mail.at("/accepted_by/host").asString()).isEqualTo("127.0.0.1");
        assertThat(mail.at("/accepted_by/response").asString()).isEqualTo("250 taken");
    }

    @ParameterizedTest
    @CsvSource({
        "450 4.2.0 <anna@example.com> greylisted, QUEUED, the recipient was rejected with 450",
        "550 5.1.1 <anna@example.com> unknown, GIVEN_UP, the recipient was rejected with 550"
    })
    void whyAMailWasNotAcceptedIsSaidWithoutTheAddress(String answer, String status, String failure) throws Exception {
        mail("activation_links");
        try (var smtp = new ScriptedSmtp(answer)) {
            sendBy(smtp.url());
        }
        assertThat(newest().at("/status").asString()).isEqualTo(status);
        assertThat(newest().at("/failure").asString()).isEqualTo(failure);
        assertThat(newest().at("/accepted_by").isNull()).isTrue();
    }

    @Test
    void aServerThatIsAwayIsTriedAgainAtTheTimeThatIsSaid() throws Exception {
        mail("activation_links");
        sendBy("smtp://127.0.0.1:" + FreePort.find());
        assertThat(newest().at("/failure").asString()).isEqualTo("the mail server could not be reached");
        assertThat(newest().at("/next_attempt_time").asLong()).isGreaterThan(now);
        clock.advance(Duration.ofHours(1));
        try (var smtp = new ScriptedSmtp("250 yes")) {
            sendBy(smtp.url());
        }
        assertThat(newest().at("/status").asString()).isEqualTo("SENT");
        assertThat(newest().at("/failure").isNull()).isTrue();
    }

    @Test
    void aMailWhoseLinkHasEndedIsWithdrawnAndAnOlderOneReplaced() throws Exception {
        mail("activation_links");
        mail("activation_links");
        bss.patchUser(user, "'contact_details':{'email':'other@example.com'}");
        try (var smtp = new ScriptedSmtp("250 yes")) {
            sendBy(smtp.url());
            assertThat(smtp.commands()).isEmpty();
        }
        assertThat(page("").at("/data")
                        .valueStream()
                        .map(mail -> mail.at("/attributes/status").asString()))
                .containsExactly("WITHDRAWN", "REPLACED");
    }

    @Test
    void pagesLeadToTheOldestAndBack() {
        mail("activation_links");
        mail("password_reset_links");
        var first = page("?page[size]=1");
        assertThat(first.textAt("/data/0/attributes/kind")).isEqualTo("password_reset");
        var second = bss.get(first.textAt("/links/next"));
        assertThat(second.textAt("/data/0/attributes/kind")).isEqualTo("activation");
        assertThat(second.at("/links/next").isNull()).isTrue();
        assertThat(bss.get(second.textAt("/links/prev")).textAt("/data/0/id")).isEqualTo(first.textAt("/data/0/id"));
    }

    @ParameterizedTest
    @CsvSource({
        "page[size]=1001, page_size_too_large",
        "page[after]=x, bad_cursor",
        "page[total]=true, bad_query",
        "filter[kind]=activation, bad_query"
    })
    void anotherQueryIsRejected(String query, String code) {
        var refused = bss.get("/users/" + user + "/mails?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void whoIsUnknownDeletedOrOfAnotherTenantIsNotFound() {
        var deleted = bss.createUser("").id();
        bss.delete("/users/" + deleted);
        var other =
                server.newKey(server.addTenant(), "users:write").createUser("").id();
        for (var id : List.of(deleted, other, UUID.randomUUID().toString(), "anna")) {
            var refused = bss.get("/users/" + id + "/mails");
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("not_found");
        }
        assertThat(server.newKey(tenant, "users:write")
                        .get("/users/" + user + "/mails")
                        .code())
                .isEqualTo("insufficient_scope");
    }

    @Test
    void aLongResponseIsCutAndHasNoControlCharacters() {
        var acceptance = Acceptance.of("mail.example", "250-one\r\n250 " + "x".repeat(300) + "\r\n");
        assertThat(acceptance.response()).startsWith("250-one 250 xxx").hasSize(255);
        assertThat(acceptance).hasToString("Acceptance[mail.example]");
        assertThat(Acceptance.of("mail.example", null).response()).isEmpty();
    }
}
