package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.attacks.Subscriber.state;
import static tv.roster.testing.Json.json;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.RawHttp;

/// A mailed link leads to the public URL of the installation, whatever a request says of the host, and whichever
/// node it came to.
class MailedLinksTest {
    private static final String PUBLIC_URL = "https://account.tv.example";

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        smtp.start();
    }

    @AfterEach
    void stop() {
        smtp.stop();
    }

    /// Settings of a node that sends mails, and more of them in turn.
    private Map<String, String> sending(String... more) {
        var settings = new HashMap<>(Map.of(
                "ROSTER_PUBLIC_URL",
                PUBLIC_URL,
                "ROSTER_SMTP_URL",
                "smtp://127.0.0.1:" + smtp.getSmtp().getPort(),
                "ROSTER_MAIL_FROM",
                "tv@tv.example"));
        for (int at = 0; at < more.length; at += 2) {
            settings.put(more[at], more[at + 1]);
        }
        return settings;
    }

    /// Asks a node for a mail, in the name of a host that is not its own.
    private static int post(String url, String path, String type, String body, String headers) {
        var text =
                "POST %s HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(path, type, headers, body.length(), body);
        try (var connection = new RawHttp(URI.create(url).getPort())) {
            return connection.send(text).read().status();
        }
    }

    private static int forgot(String url, Subscriber user) {
        return post(
                url,
                "/forgot/t-" + user.tenant(),
                "application/x-www-form-urlencoded",
                "email=" + URLEncoder.encode(Subscriber.ADDRESS, StandardCharsets.UTF_8),
                "");
    }

    private String mailed() {
        await().until(() -> smtp.getReceivedMessages().length > 0);
        try {
            MimeMessage message = smtp.getReceivedMessages()[0];
            var parts = (MimeMultipart) message.getContent();
            return parts.getBodyPart(0).getContent().toString()
                    + parts.getBodyPart(1).getContent();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theHostOfWhoAsksForAnotherPasswordIsNotMailed() {
        try (var first = new TestServer(Map.of(), InstantSource.system())) {
            var anna = Subscriber.on(first);
            anna.changeAttributes(state("REGISTERED"));
            assertThat(forgot(first.url(), anna)).isEqualTo(200);
            try (var second = new TestServer(sending(), InstantSource.system(), first.database())) {
                assertThat(mailed()).contains(PUBLIC_URL + "/reset?token=").doesNotContain("evil");
                assertThat(second.url()).isNotEqualTo(first.url());
            }
        }
    }

    @Test
    void theHostOfTheBssIsNotMailedEither() {
        try (var first = new TestServer(Map.of(), InstantSource.system())) {
            var anna = Subscriber.on(first);
            var status = post(
                    first.url(),
                    "/api/user/management/v4/users/" + anna.id() + "/activation_links",
                    "application/json",
                    json("{'data':{'type':'ActivationLink'}}"),
                    "Authorization: Apikey " + anna.bss().key() + "\r\n");
            assertThat(status).isEqualTo(201);
            try (var second = new TestServer(sending(), InstantSource.system(), first.database())) {
                assertThat(mailed()).contains(PUBLIC_URL + "/activate?token=").doesNotContain("evil");
                assertThat(second.url()).isNotEqualTo(first.url());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/forgot/demo", "/activate", "/reset", "/outbox"})
    void subscribersFindTheirPagesAtTheApisPortAlone(String path) {
        try (var server = new TestServer(sending("ROSTER_ADMIN_PORT", "0"), InstantSource.system())) {
            for (var port : new String[] {server.adminUrl(), server.healthUrl()}) {
                assertThat(new ApiClient(port, null).get(path).status()).isEqualTo(404);
                assertThat(post(port, path, "application/x-www-form-urlencoded", "email=anna%40example.com", ""))
                        .isEqualTo(404);
            }
            assertThat(new ApiClient(server.adminUrl(), null).get("/errors").status())
                    .isEqualTo(200);
        }
    }
}
