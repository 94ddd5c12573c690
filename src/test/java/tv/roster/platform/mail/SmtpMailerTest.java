package tv.roster.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.TestServer;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.mail.Mailer.NotSent;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.templates.Templates;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;

/// What a mail looks like to the server that takes it, and what becomes of the server's answers.
class SmtpMailerTest {
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
    void theMailIsInTheTenantsNameAndLanguageWithTheLinkInBothParts() throws Exception {
        server.execute("""
                update tenant set settings = '{"sender_name": "Tähti-TV", "default_language": "fi"}'""" + " where id = ?", tenant);
        invite("anna@example.com");
        try (var queue = queue(mailer())) {
            queue.sendDue();
        }
        var message = smtp.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Aktivoi Tähti-TV-tilisi");
        var from = (InternetAddress) message.getFrom()[0];
        assertThat(from.getPersonal()).isEqualTo("Tähti-TV");
        assertThat(from.getAddress()).isEqualTo("no-reply@tv.example");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getHeader("Content-Language")).containsExactly("fi");
        assertThat(parts(message).getCount()).isEqualTo(2);
        var text = parts(message).getBodyPart(0).getContent().toString();
        var html = parts(message).getBodyPart(1).getContent().toString();
        assertThat(text).contains("7 päivän", "/activate?token=");
        assertThat(html)
                .contains("href=\"https://account.tv.example/activate?token=")
                .contains("lang=\"fi\"");
    }

    @ParameterizedTest
    @CsvSource({
        "250 yes, sent 1 true",
        "450 4.2.0 greylisted, queued 1 false",
        "550 5.1.1 no such mailbox, given_up 1 true"
    })
    void whatTheServerSaysOfTheRecipientDecides(String answer, String state) throws Exception {
        invite("anna@example.com");
        try (var scripted = new ScriptedSmtp(answer);
                var queue = queue(mailer(scripted.url()))) {
            queue.sendDue();
        }
        assertThat(state()).isEqualTo(state);
    }

    @Test
    void anAddressInAnotherScriptIsSentAsItIsWhereTheServerTakesIt() throws Exception {
        invite("анна@straße.example");
        try (var scripted = new ScriptedSmtp("250 yes", "SMTPUTF8");
                var queue = queue(mailer(scripted.url()))) {
            queue.sendDue();
            assertThat(scripted.commands())
                    .anyMatch(line -> line.startsWith("MAIL FROM:<no-reply@tv.example>") && line.contains("SMTPUTF8"))
                    .anyMatch(line -> line.startsWith("RCPT TO:<анна@xn--strae-oqa.example>"));
        }
        assertThat(state()).isEqualTo("sent 1 true");
    }

    @Test
    void itIsNotSentWhereTheServerDoesNotTakeIt() throws Exception {
        invite("анна@example.com");
        invite("anna@example.com");
        try (var scripted = new ScriptedSmtp("250 yes");
                var queue = queue(mailer(scripted.url()))) {
            queue.sendDue();
            assertThat(scripted.commands())
                    .filteredOn(line -> line.startsWith("RCPT"))
                    .containsExactly("RCPT TO:<anna@example.com>");
        }
        assertThat(server.value("select string_agg(status, ' ' order by created_time, id) from mail"))
                .isEqualTo("given_up sent");
    }

    @Test
    void whyItWasNotSentIsSaidWithoutTheAddress() throws Exception {
        invite("анна@example.com");
        var refused = new CompletableFuture<NotSent>();
        try (var scripted = new ScriptedSmtp("250 yes");
                var mailer = mailer(scripted.url());
                var queue = queue(new Reporting(mailer, refused))) {
            queue.sendDue();
        }
        assertThat(refused).isCompletedWithValueMatching(NotSent::isForGood);
        assertThat(refused.join()).hasMessageContaining("SMTPUTF8").hasMessageNotContaining("@example");
    }

    @Test
    void aMailThatDoesNotNeedItIsNotSentAsAnInternationalOne() throws Exception {
        invite("анна@example.com");
        invite("anna@bücher.example");
        try (var scripted = new ScriptedSmtp("250 yes", "SMTPUTF8");
                var queue = queue(mailer(scripted.url()))) {
            queue.sendDue();
            assertThat(scripted.commands().stream()
                            .filter(line -> line.startsWith("MAIL"))
                            .map(line -> line.contains("SMTPUTF8")))
                    .containsExactly(true, false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "anna@bücher.example, anna@xn--bcher-kva.example",
        "anna@straße.example, anna@xn--strae-oqa.example",
        "anna@STRASSE.example, anna@strasse.example",
        "anna@παράδειγμας.example, anna@xn--hxajbheg2az3als.example",
        "anna@אבג1.example, anna@xn--1-zhcde.example",
        "anna@XN--BCHER-KVA.example, anna@xn--bcher-kva.example",
        "anna+tv@example.com, anna+tv@example.com"
    })
    void aDomainInAnotherScriptIsSentInItsAsciiForm(String address, String sent) throws Exception {
        invite(address);
        try (var queue = queue(mailer())) {
            queue.sendDue();
        }
        assertThat(smtp.getReceivedMessages()[0].getAllRecipients()[0]).hasToString(sent);
    }

    @Test
    void anAddressThatNobodyCanSendToIsGivenUp() {
        var user = invite("anna@example.com");
        server.execute("update mail set recipient = 'anna@-x-.example' where user_id = ?::uuid", user);
        try (var queue = queue(mailer())) {
            queue.sendDue();
        }
        assertThat(state()).isEqualTo("given_up 1 true");
    }

    @Test
    void theServersPasswordIsGivenToTheServer() throws Exception {
        smtp.setUser("roster", "s3cret:/@");
        invite("anna@example.com");
        try (var queue = queue(mailer(
                "smtp://roster:s3cret%3A%2F%40@127.0.0.1:" + smtp.getSmtp().getPort()))) {
            queue.sendDue();
        }
        assertThat(state()).isEqualTo("sent 1 true");
    }

    /// Keeps why a mail was not sent.
    private record Reporting(Mailer mailer, CompletableFuture<NotSent> refused) implements Mailer {
        @Override
        public Acceptance send(Mail mail) throws NotSent {
            try {
                return mailer.send(mail);
            } catch (NotSent e) {
                refused.complete(e);
                throw e;
            }
        }

        @Override
        public void close() {
            mailer.close();
        }
    }
}
