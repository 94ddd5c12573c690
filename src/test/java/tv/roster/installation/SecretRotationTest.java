package tv.roster.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMultipart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tv.roster.TestServer;
import tv.roster.cli.Commands;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// Two nodes on one database whose secret is replaced. Both go by a clock that the test moves.
class SecretRotationTest {
    private static final String KEY = "Idempotency-Key";
    private static final String ROTATIONS = "/installation/secret_rotations";
    private static final String SECRETS = "/installation/secrets";
    private static final String ANNA = ApiClient.user("{'external_id':'anna'}");
    private static final Duration IN_USE = Duration.ofSeconds(60);
    private static final long WEEK = Duration.ofDays(7).toSeconds();
    private static final Pattern TOKEN = Pattern.compile("token=([A-Za-z0-9_-]+)");

    private final FixedClock clock = new FixedClock(Instant.ofEpochSecond(1_770_000_000));
    private final TestServer first = new TestServer(Map.of(), clock);
    private final TestServer second = new TestServer(Map.of(), clock, first.database());
    private final UUID tenant = first.addTenant();
    private final ApiClient bss = first.newKey(tenant, "users:read", "users:write");
    private final ApiClient bssOfSecond = second.client(bss.key());
    private final ApiClient admin = first.admin();

    @BeforeEach
    void bothKnowTheTenant() {
        second.refresh();
        for (var name : List.of("Aino", "Bea", "Cai")) {
            bss.createUser("'name':'" + name + "'");
        }
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
    }

    private Response rotate(long overlapSeconds) {
        return admin.post(ROTATIONS, rotation(overlapSeconds));
    }

    private static String rotation(long overlapSeconds) {
        return document("InstallationSecretRotation", "'overlap_seconds':" + overlapSeconds);
    }

    private static Response made(Response response) {
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        return response;
    }

    /// The link from the first user to the next ones. Its text changes with the key that seals it, and with no
    /// other.
    private static String next(ApiClient node) {
        var link = node.get("/users?sort=name&page[size]=1").textAt("/links/next");
        return link.substring(link.indexOf("/users"));
    }

    private String status(int generation) {
        return admin.get(SECRETS + "/" + generation).textAt("/data/attributes/status");
    }

    private void awaitAnotherSealThan(String link) {
        await().until(() -> !next(bss).equals(link));
        await().until(() -> next(bssOfSecond).equals(next(bss)));
    }

    private void rotateAndUse() {
        var link = next(bss);
        made(rotate(WEEK));
        clock.advance(IN_USE);
        awaitAnotherSealThan(link);
    }

    private int users() {
        return Integer.parseInt(first.value("select count(*) from roster_user where tenant_id = ?", tenant));
    }

    @Test
    void cursorsFromBeforeAreOpenedByBothNodesUntilTheOverlapIsOver() {
        var former = next(bss);
        var made = made(rotate(WEEK));
        assertThat(made.id()).isEqualTo("2");
        assertThat(made.textAt("/data/attributes/status")).isEqualTo("PENDING");
        assertThat(made.at("/data/attributes/sealing_time").asLong())
                .isEqualTo(clock.instant().plus(IN_USE).getEpochSecond());
        assertThat(made.header("Location")).endsWith(SECRETS + "/2");
        assertThat(next(bss)).isEqualTo(former);

        clock.advance(IN_USE);
        awaitAnotherSealThan(former);
        var latest = next(bss);
        assertThat(status(2)).isEqualTo("CURRENT");
        assertThat(status(1)).isEqualTo("FORMER");
        for (var node : List.of(bss, bssOfSecond)) {
            for (var link : List.of(former, latest)) {
                assertThat(node.get(link).textAt("/data/0/attributes/name")).isEqualTo("Bea");
            }
        }

        clock.advance(Duration.ofSeconds(WEEK));
        for (var node : List.of(bss, bssOfSecond)) {
            await().untilAsserted(() -> assertThat(node.get(former).code()).isEqualTo("bad_cursor"));
            assertThat(node.get(latest).status()).isEqualTo(200);
        }
        assertThat(status(1)).isEqualTo("REMOVED");
    }

    @Test
    void aRepeatAcrossARotationReturnsTheFirstAnswer() {
        var answer = made(bss.post("/users", ANNA, KEY, "k1"));
        int users = users();
        rotateAndUse();
        for (var node : List.of(bss, bssOfSecond)) {
            var again = node.post("/users", ANNA, KEY, "k1");
            assertThat(again.text()).isEqualTo(answer.text());
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(node.post("/users", ApiClient.user("{}"), KEY, "k1").code())
                    .isEqualTo("idempotency_key_reused");
        }
        assertThat(users()).isEqualTo(users);
    }

    @Test
    void aLinkThatWasQueuedBeforeIsMailedAfterwardsAndWorks() throws Exception {
        queueALink();
        rotateAndUse();
        var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        try (var sending = sending(smtp)) {
            await().until(() -> smtp.getReceivedMessages().length == 1);
            var parts = (MimeMultipart) smtp.getReceivedMessages()[0].getContent();
            var token = TOKEN.matcher(parts.getBodyPart(0).getContent().toString());
            assertThat(token.find()).isTrue();
            var page = new ApiClient(sending.url(), null).get("/activate?token=" + token.group(1));
            assertThat(page.text()).contains("type=\"password\"");
        } finally {
            smtp.stop();
        }
    }

    private void queueALink() {
        var user =
                bss.createUser("'contact_details':{'email':'anna@example.com'}").id();
        made(bss.post("/users/" + user + "/activation_links", null));
    }

    /// One more node, which has a mail server.
    private TestServer sending(GreenMail smtp) {
        var settings = Map.of(
                "ROSTER_PUBLIC_URL",
                "https://account.tv.example",
                "ROSTER_SMTP_URL",
                "smtp://127.0.0.1:" + smtp.getSmtp().getPort(),
                "ROSTER_MAIL_FROM",
                "tv@tv.example");
        return new TestServer(settings, clock, first.database());
    }

    @Test
    void withoutOverlapNothingFromBeforeIsOpened() {
        var former = next(bss);
        made(bss.post("/users", ANNA, KEY, "k1"));
        int users = users();
        var made = made(rotate(0));
        assertThat(made.textAt("/data/attributes/status")).isEqualTo("CURRENT");
        assertThat(first.value("select count(*) from installation_secret where secret is not null"))
                .isEqualTo("1");
        for (var node : List.of(bss, bssOfSecond)) {
            await().untilAsserted(() -> assertThat(node.get(former).code()).isEqualTo("bad_cursor"));
            for (var body : List.of(ANNA, ApiClient.user("{}"))) {
                var repeat = node.post("/users", body, KEY, "k1");
                assertThat(repeat.code()).isEqualTo("idempotency_key_reused");
                assertThat(repeat.textAt("/errors/0/detail")).contains("can no longer be compared");
            }
        }
        assertThat(users()).isEqualTo(users);

        clock.advance(Duration.ofSeconds(1));
        made(bss.post("/users", ApiClient.user("{}"), KEY, "k2"));
        assertThat(bssOfSecond.post("/users", ANNA, KEY, "k2").textAt("/errors/0/detail"))
                .contains("with another request");
        assertThat(next(bssOfSecond)).isEqualTo(next(bss));
    }

    @Test
    void aMailWhoseSecretWasRemovedIsGivenUpWithAReason() {
        queueALink();
        made(rotate(0));
        var outbox = new ApiClient(first.url(), null);
        assertThat(outbox.get(
                                "/outbox",
                                "Cookie",
                                "roster_outbox=" + first.outboxLink().replaceFirst(".*key=", ""))
                        .status())
                .isEqualTo(200);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var mails = (Logger) LoggerFactory.getLogger("tv.roster.platform.mail.MailQueue");
        mails.addAppender(log);
        var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        try (var sending = sending(smtp)) {
            await().until(() -> first.value("select status from mail").equals("given_up"));
            assertThat(sending.url()).isNotEmpty();
            var mail = first.value("select id from mail");
            assertThat(List.copyOf(log.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains("Mail " + mail
                            + " was given up after 1 attempts: the secret that its link was sealed with was removed");
        } finally {
            smtp.stop();
            mails.detachAppender(log);
        }
    }

    @Test
    void theNextRotationWaitsUntilTheLastIsInUse() {
        var both = Together.run(
                2,
                number -> (number == 0 ? first : second).admin(first.adminKey()).post(ROTATIONS, rotation(WEEK)));
        assertThat(both).extracting(Response::status).containsExactlyInAnyOrder(201, 409);
        assertThat(rotate(WEEK).code()).isEqualTo("rotation_pending");
        assertThat(made(rotate(0)).id()).isEqualTo("3");
        assertThat(made(rotate(WEEK)).id()).isEqualTo("4");
        clock.advance(IN_USE);
        assertThat(made(rotate(60)).id()).isEqualTo("5");
        assertThat(admin.get(SECRETS)
                        .at("/data")
                        .valueStream()
                        .map(one -> one.at("/id").asString() + " "
                                + one.at("/attributes/status").asString()))
                .containsExactly("5 PENDING", "4 CURRENT", "3 FORMER", "2 REMOVED", "1 REMOVED");
        // A shorter overlap holds for the older ones as well.
        long removed = clock.instant().plus(IN_USE).getEpochSecond() + 60;
        assertThat(admin.get(SECRETS + "/3").at("/data/attributes/removed_time").asLong())
                .isEqualTo(removed);
    }

    @Test
    void rotationsAreInTheAuditAndTheSecretsAreNowhere() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        var seen = new StringBuilder();
        try {
            seen.append(made(rotate(WEEK)).text()).append(rotate(WEEK).text());
            seen.append(admin.get(SECRETS).text())
                    .append(run("list").out())
                    .append(run("list", "--json").out());
            var events = admin.get("/events?filter[kind]=installation.secret_rotated");
            var event = events.at("/data/0/attributes");
            assertThat(event.at("/before/generation").asInt()).isEqualTo(1);
            assertThat(event.at("/after/generation").asInt()).isEqualTo(2);
            assertThat(events.textAt("/data/0/relationships/author/data/id"))
                    .isEqualTo(admin.get("/access").id());
            seen.append(events.text());
            seen.append(new ApiClient(first.healthUrl(), null).get("/metrics").text());
        } finally {
            root.detachAppender(log);
        }
        List.copyOf(log.list)
                .forEach(line -> seen.append(line.getFormattedMessage()).append(line.getThrowableProxy()));
        for (int generation = 1; generation <= 2; generation++) {
            var hex = first.value(
                    "select encode(secret, 'hex') from installation_secret where generation = ?", generation);
            var bytes = HexFormat.of().parseHex(hex);
            assertThat(seen.toString())
                    .doesNotContain(hex, Base64.getEncoder().encodeToString(bytes), Arrays.toString(bytes));
            assertThat(new Generation(1, new InstallationSecret(bytes), 1, 1, null).toString())
                    .doesNotContain(hex)
                    .contains("***");
        }
    }

    private record Run(int status, String out) {}

    private Run run(String... arguments) {
        var line = new String[arguments.length + 1];
        line[0] = "secret";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        var out = new StringWriter();
        var environment = Map.of("ROSTER_DATA", first.data().toString());
        int status = Commands.run(line, environment, new PrintWriter(out), new PrintWriter(out), Map.of());
        return new Run(status, out.toString());
    }

    @Test
    void theCommandsRotateAndList() {
        var rotated = run("rotate", "--overlap", "1d");
        assertThat(rotated.status()).as(rotated.out()).isZero();
        assertThat(rotated.out()).containsPattern("2 +PENDING").containsPattern("1 +CURRENT");
        assertThat(first.value("select removed_time - sealing_time from installation_secret where generation = 1"))
                .isEqualTo(Long.toString(IN_USE.plusDays(1).toSeconds()));
        var again = run("rotate");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.out()).contains("409 rotation_pending");
        assertThat(run("rotate", "--overlap", "0s").out())
                .containsPattern("3 +CURRENT")
                .containsPattern("1 +REMOVED");
        assertThat(run("list").out()).containsPattern("3 +CURRENT");
        assertThat(run("rotate", "--overlap", "soon").status()).isEqualTo(2);
    }

    @Test
    void onlyAnAdminKeyRotates() {
        var tenantsKey = first.admin(bss.key());
        assertThat(tenantsKey.post(ROTATIONS, rotation(0)).code()).isEqualTo("insufficient_scope");
        assertThat(tenantsKey.get(SECRETS).status()).isEqualTo(403);
        assertThat(first.value("select count(*) from installation_secret")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2_592_001})
    void anOverlapIsNotLongerThanThirtyDays(long overlap) {
        var refused = rotate(overlap);
        assertThat(refused.code()).isEqualTo("invalid_value");
        assertThat(refused.source()).isEqualTo("/data/attributes/overlap_seconds");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (var generation : List.of("0", "2", "x", "99999999999")) {
            assertThat(admin.get(SECRETS + "/" + generation).code()).isEqualTo("not_found");
        }
    }
}
