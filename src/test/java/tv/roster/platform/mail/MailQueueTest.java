package tv.roster.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.mail.Mailer.NotSent;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.templates.Templates;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;

/// The queue against a real SMTP server. Each test has a database of its own, for a queue serves all tenants.
class MailQueueTest {
    private final FixedClock clock = new FixedClock(Instant.now());
    private final TestServer server = new TestServer(Map.of(), clock);
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, server.database(), 1);
    private final LinkSeal seal = new LinkSeal(Keys.of(KeyUse.LINKS.key(
            HexFormat.of().parseHex(server.value("select encode(secret, 'hex') from installation_secret")))));
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write");
    private GreenMail smtp;

    @BeforeEach
    void startSmtp() {
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
    }

    @AfterEach
    void stop() {
        smtp.stop();
        database.close();
        loops.close();
        server.close();
    }

    private MailQueue queue(Mailer mailer) {
        return new MailQueue(database, mailer, seal, clock);
    }

    private SmtpMailer mailer() {
        return mailer("smtp://127.0.0.1:" + smtp.getSmtp().getPort());
    }

    private static SmtpMailer mailer(String url) {
        return new SmtpMailer(
                SmtpServer.parse(url).from("no-reply@tv.example"),
                new MailText(new Templates()),
                "https://account.tv.example");
    }

    private String invite(String email) {
        var user = bss.createUser("'contact_details':{'email':'" + email + "'}").id();
        assertThat(bss.post("/users/" + user + "/activation_links", null).status())
                .isEqualTo(201);
        return user;
    }

    private String state() {
        return server.value("select status || ' ' || attempts || ' ' || (sealed_link is null) from mail");
    }

    private static MimeMultipart parts(MimeMessage message) throws Exception {
        return (MimeMultipart) message.getContent();
    }

    @Test
    void eachLinkIsMailedOnce() throws Exception {
        invite("anna@example.com");
        invite("bert@example.com");
        try (var queue = queue(mailer())) {
            queue.sendDue();
            queue.sendDue();
        }
        assertThat(smtp.getReceivedMessages())
                .extracting(message -> message.getAllRecipients()[0].toString())
                .containsExactlyInAnyOrder("anna@example.com", "bert@example.com");
        assertThat(server.value("select string_agg(status || (sealed_link is null), ',') from mail"))
                .isEqualTo("senttrue,senttrue");
    }

    @Test
    void aNodeKilledBetweenSendingAndRecordingLeadsToTwoMailsOfOneIdAtMost() throws Exception {
        invite("anna@example.com");
        try (var dying = queue(new Dying(mailer()))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(dying::sendDue))
                    .isInstanceOf(Killed.class);
        }
        try (var other = queue(mailer())) {
            other.sendDue();
            assertThat(smtp.getReceivedMessages()).hasSize(1);
            clock.advance(MailQueue.RETRIES.lease());
            other.sendDue();
            other.sendDue();
        }
        assertThat(smtp.getReceivedMessages()).hasSize(2);
        assertThat(smtp.getReceivedMessages()[0].getMessageID())
                .isEqualTo(smtp.getReceivedMessages()[1].getMessageID());
        assertThat(parts(smtp.getReceivedMessages()[0]).getBodyPart(0).getContent())
                .isEqualTo(parts(smtp.getReceivedMessages()[1]).getBodyPart(0).getContent());
        assertThat(state()).isEqualTo("sent 2 true");
    }

    @Test
    void whatOneNodeHasTakenNoOtherTakes() {
        invite("anna@example.com");
        try (var other = queue(mailer());
                var first = queue(new Mailer() {
                    @Override
                    public Acceptance send(Mail mail) {
                        other.sendDue();
                        return new Acceptance("mail.example", "250 OK");
                    }

                    @Override
                    public void close() {}
                })) {
            first.sendDue();
        }
        assertThat(smtp.getReceivedMessages()).isEmpty();
        assertThat(state()).isEqualTo("sent 1 true");
    }

    @Test
    void aServerThatIsAwayIsTriedAgainWithGrowingWaits() {
        invite("anna@example.com");
        var url = "smtp://127.0.0.1:" + smtp.getSmtp().getPort();
        smtp.stop();
        try (var queue = queue(mailer(url))) {
            for (int attempt = 1; attempt <= 3; attempt++) {
                queue.sendDue();
                queue.sendDue();
                assertThat(state()).isEqualTo("queued " + attempt + " false");
                assertThat(server.value("select due_time from mail"))
                        .isEqualTo(Long.toString(clock.instant().getEpochSecond() + (60L << (attempt - 1))));
                clock.advance(MailQueue.RETRIES.waitAfter(attempt));
            }
        }
    }

    @Test
    void afterADayAMailIsGivenUp() {
        invite("anna@example.com");
        int attempts = 0;
        try (var queue = queue(new Refusing(false))) {
            while (state().startsWith("queued")) {
                queue.sendDue();
                attempts++;
                clock.advance(MailQueue.RETRIES.waitAfter(attempts));
            }
        }
        assertThat(state()).isEqualTo("given_up " + attempts + " true");
        assertThat(attempts).isBetween(8, 20);
    }

    @Test
    void aMailIsNotSentAfterItsLinkHasEnded() {
        var user =
                bss.createUser("'contact_details':{'email':'anna@example.com'}").id();
        bss.post("/users/" + user + "/password_reset_links", null);
        clock.advance(Duration.ofHours(1));
        try (var queue = queue(mailer())) {
            queue.sendDue();
        }
        assertThat(smtp.getReceivedMessages()).isEmpty();
        assertThat(state()).isEqualTo("given_up 1 true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'attributes':{'contact_details':{'email':'bert@example.com'}}",
                "'attributes':{'registration_information':{'registration_state':'REGISTERED'}}",
                "'meta':{'security':{'user_password':'three birds on a wire'}}"
            })
    void aLinkThatHasEndedIsNotMailed(String change) {
        var user = invite("anna@example.com");
        var changed = bss.patch("/users/" + user, "{'data':{'type':'User','id':'" + user + "'," + change + "}}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        try (var queue = queue(mailer())) {
            queue.sendDue();
        }
        assertThat(smtp.getReceivedMessages()).isEmpty();
        assertThat(state()).isEqualTo("withdrawn 1 true");
    }

    @Test
    void aMailThatWasQueuedWithAWholeLinkLeadsToThePublicUrlAllTheSame() throws Exception {
        invite("anna@example.com");
        var mail = UUID.fromString(server.value("select id from mail"));
        server.execute(
                "update mail set sealed_link = ?", seal.seal("http://evil.example/activate?token=secret-7", mail));
        try (var queue = queue(mailer())) {
            queue.sendDue();
        }
        assertThat(parts(smtp.getReceivedMessages()[0])
                        .getBodyPart(0)
                        .getContent()
                        .toString())
                .contains("https://account.tv.example/activate?token=secret-7")
                .doesNotContain("evil");
    }

    @Test
    void aDeletedUserGetsNoMail() {
        bss.delete("/users/" + invite("anna@example.com"));
        try (var queue = queue(mailer())) {
            queue.sendDue();
        }
        assertThat(smtp.getReceivedMessages()).isEmpty();
    }

    private static final class Killed extends Error {}

    /// Sends, and does not live to tell.
    private record Dying(Mailer mailer) implements Mailer {
        @Override
        public Acceptance send(Mail mail) throws NotSent {
            mailer.send(mail);
            throw new Killed();
        }

        @Override
        public void close() {
            mailer.close();
        }
    }

    private record Refusing(boolean forGood) implements Mailer {
        @Override
        public Acceptance send(Mail mail) throws NotSent {
            throw new NotSent("no", forGood);
        }

        @Override
        public void close() {}
    }
}
