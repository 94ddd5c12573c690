package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.roster.TestServer;
import tv.roster.activation.Visitor;
import tv.roster.testing.RawHttp;

/// The mails in the outbox open accounts: it is for who has the key in the data folder, and for nobody else on this
/// machine.
class OutboxTest {
    private static TestServer server;

    private final Visitor browser = new Visitor(server);
    private final Subscriber anna = Subscriber.on(server);

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of(), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private String key() throws IOException {
        return Files.readString(server.data().resolve("outbox-key")).strip();
    }

    private static int status(String path, String headers) {
        try (var connection = new RawHttp(URI.create(server.url()).getPort())) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n")
                    .read()
                    .status();
        }
    }

    @Test
    void theLinkOfTheFirstStartOpensItAndIsKeptInNoAddressBar() throws IOException {
        anna.made("ActivationLink", "email");
        var link = server.url() + "/outbox?key=" + key();
        assertThat(server.readyLines()).contains(link).contains("shown only now");
        var opened = browser.open(link);
        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.header("Location")).isEqualTo("outbox");
        assertThat(opened.header("Set-Cookie"))
                .isEqualTo("roster_outbox=" + key() + "; Path=/outbox; HttpOnly; SameSite=Strict");
        assertThat(browser.openOutbox("").text()).contains(Subscriber.ADDRESS);
        assertThat(browser.openOutbox("/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void theStartPageLeadsToItAndThePageAsksForTheKey() throws IOException {
        assertThat(browser.open(server.url() + "/").text()).contains("href=\"/outbox\"");
        assertThat(browser.open(server.url() + "/outbox").text()).contains("name=\"key\"", "outbox-key");
        var wrong = browser.send("/outbox", Map.of("key", "guessed"));
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.header("Set-Cookie")).isNull();
        assertThat(wrong.text()).contains("This is not the key").doesNotContain("guessed");
        var opened = browser.send("/outbox", Map.of("key", " " + key() + "\n"));
        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.header("Set-Cookie")).startsWith("roster_outbox=" + key() + ";");
    }

    @Test
    void laterStartsDoNotShowItAgain() throws IOException {
        try (var again = new TestServer(
                Map.of("ROSTER_DATA", server.data().toString()), InstantSource.system(), server.database())) {
            assertThat(again.readyLines())
                    .contains("/outbox")
                    .contains("outbox-key")
                    .doesNotContain(key());
        }
    }

    @Test
    void theKeyIsForTheOwnerOfTheDataFolderAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.data().resolve("outbox-key"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/outbox", "/outbox?key=", "/outbox?key=guessed", "/outbox/01a21953-69b3-7662-92c8-6df6c13b008d"
            })
    void whoHasNoKeySeesNoMail(String path) {
        anna.made("ActivationLink", "email");
        for (var headers : new String[] {"", "X-Forwarded-For: 192.0.2.1\r\n", "Cookie: roster_outbox=guessed\r\n"}) {
            assertThat(status(path, "Host: 127.0.0.1\r\n" + headers)).isEqualTo(403);
        }
        assertThat(browser.open(server.url() + path).text()).doesNotContain(Subscriber.ADDRESS, "token=");
    }

    @Test
    void theKeyOpensNothingUnderAnotherName() throws IOException {
        assertThat(status("/outbox?key=" + key(), "Host: evil.example\r\n")).isEqualTo(404);
        assertThat(status("/outbox", "Host: evil.example\r\nCookie: roster_outbox=" + key() + "\r\n"))
                .isEqualTo(404);
        try (var connection = new RawHttp(URI.create(server.url()).getPort())) {
            var start = connection
                    .send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                    .read();
            assertThat(new String(start.body(), StandardCharsets.UTF_8))
                    .contains("Roster")
                    .doesNotContain("/outbox");
        }
        try (var connection = new RawHttp(URI.create(server.url()).getPort())) {
            var form = "key=" + key();
            var sent = connection.send("POST /outbox HTTP/1.1\r\nHost: evil.example\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                    + "\r\n\r\n" + form);
            assertThat(sent.read().status()).isEqualTo(404);
        }
    }

    @Test
    void thereIsNoneWhereMailsAreSent() {
        var settings = Map.of(
                "ROSTER_PUBLIC_URL", "https://tv.example",
                "ROSTER_SMTP_URL", "smtp://127.0.0.1:1",
                "ROSTER_MAIL_FROM", "tv@tv.example");
        try (var sending = new TestServer(settings, InstantSource.system())) {
            assertThat(new Visitor(sending).open(sending.url() + "/outbox").status())
                    .isEqualTo(404);
            assertThat(sending.readyLines()).doesNotContain("outbox");
            assertThat(new Visitor(sending).open(sending.url() + "/").text()).doesNotContain("/outbox");
        }
    }
}
