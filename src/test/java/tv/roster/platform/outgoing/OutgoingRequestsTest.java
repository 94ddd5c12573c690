package tv.roster.platform.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.SelfSigned;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;

/// Requests to servers that mean well, and to others.
class OutgoingRequestsTest {
    private static final AddressRule ANY = (destination, address) -> null;
    private static final Message MESSAGE =
            new Message(Map.of("webhook-id", "7"), json("{'type':'x'}").getBytes(StandardCharsets.UTF_8));

    private final EventLoops loops = new EventLoops(1);
    private final OutgoingRequests requests = new OutgoingRequests(loops, ANY);

    @AfterEach
    void close() {
        requests.close();
        loops.close();
    }

    private static Destination to(String host, int port) {
        return new Destination(false, host, port, "/hook");
    }

    private static Outcome sent(Line line) throws Exception {
        return line.post(MESSAGE).get(30, TimeUnit.SECONDS);
    }

    /// What a server sends to its client, and how.
    private interface Behaviour {
        void respond(OutputStream out) throws IOException, InterruptedException;
    }

    /// A server of one connection after the other.
    private static ServerSocket server(Behaviour behaviour) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    behaviour.respond(client.getOutputStream());
                } catch (IOException | InterruptedException e) {
                    // The client has closed the connection, or the test is over.
                }
            }
        });
        return server;
    }

    private Outcome outcomeOf(Behaviour behaviour) throws Exception {
        try (var server = server(behaviour);
                var line = requests.line(to("127.0.0.1", server.getLocalPort()))) {
            return sent(line);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        try (var receiver = new WebhookReceiver().answering(message -> new Answer(200, "thanks", Map.of()));
                var line = requests.line(to("127.0.0.1", receiver.port()))) {
            for (int at = 0; at < 20; at++) {
                var outcome = sent(line);
                assertThat(outcome.status()).isEqualTo(200);
                assertThat(outcome.response()).isEqualTo("thanks");
            }
            assertThat(receiver.received()).hasSize(20);
            assertThat(receiver.received().getFirst().header("Host")).isEqualTo("127.0.0.1:" + receiver.port());
        }
    }

    @Test
    void aConnectionThatTheServerHasClosedMeanwhileCostsNoAttempt() throws Exception {
        var responses = new AtomicInteger();
        try (var server = server(out -> {
                    responses.incrementAndGet();
                    out.write(ascii("HTTP/1.1 204 No Content\r\n\r\n"));
                    out.flush();
                });
                var line = requests.line(to("127.0.0.1", server.getLocalPort()))) {
            for (int at = 0; at < 10; at++) {
                assertThat(sent(line).status()).isEqualTo(204);
            }
            assertThat(responses).hasValue(10);
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        var outcome = outcomeOf(out ->
                out.write(ascii("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")));
        assertThat(outcome.status()).isEqualTo(302);
        assertThat(outcome.succeeded()).isFalse();
    }

    @Test
    void ofALongResponseTheFirstKibibyteIsKept() throws Exception {
        var outcome = outcomeOf(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"));
            var block = new byte[1 << 16];
            java.util.Arrays.fill(block, (byte) 'x');
            for (int at = 0; at < 1 << 14; at++) {
                out.write(block);
            }
        });
        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.response()).isEqualTo("x".repeat(1024));
        assertThat(outcome.detail()).contains("64 KiB");
    }

    @Test
    void anEndlessHeadIsNoResponse() throws Exception {
        var outcome = outcomeOf(out -> {
            out.write(ascii("HTTP/1.1 200 OK\r\n"));
            for (int at = 0; at < 1 << 16; at++) {
                out.write(ascii("X-" + at + ": " + "y".repeat(100) + "\r\n"));
            }
        });
        assertThat(outcome.status()).isNull();
        assertThat(outcome.succeeded()).isFalse();
    }

    @Test
    void whatIsNotHttpIsNoResponse() throws Exception {
        var outcome = outcomeOf(out -> out.write(ascii("SSH-2.0-OpenSSH_9.2\r\n\r\n")));
        assertThat(outcome.status()).isNull();
        assertThat(outcome.detail()).isNotBlank();
    }

    @Test
    void interimResponsesAreSkipped() throws Exception {
        var outcome = outcomeOf(out -> out.write(
                ascii("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok")));
        assertThat(outcome.status()).isEqualTo(201);
        assertThat(outcome.response()).isEqualTo("ok");
    }

    @Test
    void aResponseByteByByteEndsAfterFifteenSeconds() throws Exception {
        long begun = System.nanoTime();
        var outcome = outcomeOf(out -> {
            for (byte one : ascii("HTTP/1.1 200 OK\r\n" + "X-Slow: 1\r\n".repeat(1000))) {
                out.write(one);
                out.flush();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        });
        assertThat(outcome.status()).isNull();
        assertThat(outcome.detail()).contains("15 s");
        assertThat(outcome.milliseconds()).isBetween(14_000L, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    @Test
    void aCharacterThatADatabaseCannotStoreIsReplaced() throws Exception {
        var outcome = outcomeOf(out -> {
            out.write(ascii("HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\n"));
            out.write(new byte[] {'a', 0, (byte) 0xff});
        });
        assertThat(outcome.response()).isEqualTo("a\ufffd\ufffd");
    }

    @Test
    void theAddressThatIsConnectedToIsTheOneThatWasJudged() throws Exception {
        var lookUps = new AtomicInteger();
        // The second look-up would lead to another address; there is none for one connection.
        HostNames rebinding = host ->
                new InetAddress[] {InetAddress.getByName(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")};
        AddressRule rule = (destination, address) ->
                address.getHostAddress().equals("127.0.0.1") ? null : "The address of the host is private.";
        try (var receiver = new WebhookReceiver();
                var judging = new OutgoingRequests(loops, rule, rebinding, null);
                var line = judging.line(to("crm.example", receiver.port()));
                var second = judging.line(to("crm.example", receiver.port()))) {
            assertThat(sent(line).status()).isEqualTo(204);
            assertThat(receiver.received().getFirst().header("Host")).isEqualTo("crm.example:" + receiver.port());
            var refused = sent(second);
            assertThat(refused.status()).isNull();
            assertThat(refused.detail()).isEqualTo("The address of the host is private.");
            assertThat(lookUps).hasValue(2);
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void oneForbiddenAddressAmongOthersIsRefused() throws Exception {
        HostNames two = host -> new InetAddress[] {InetAddress.getLoopbackAddress(), InetAddress.getByName("10.0.0.1")};
        AddressRule rule = (destination, address) -> address.isLoopbackAddress() ? null : "private";
        try (var judging = new OutgoingRequests(loops, rule, two, null);
                var line = judging.line(to("crm.example", 1))) {
            assertThat(sent(line).detail()).isEqualTo("private");
        }
    }

    @Test
    void theNextAddressIsTriedIfOneDoesNotAccept() throws Exception {
        HostNames two =
                host -> new InetAddress[] {InetAddress.getByName("127.0.0.9"), InetAddress.getLoopbackAddress()};
        try (var receiver = new WebhookReceiver();
                var several = new OutgoingRequests(loops, ANY, two, null);
                var line = several.line(to("crm.example", receiver.port()))) {
            assertThat(sent(line).status()).isEqualTo(204);
        }
    }

    @Test
    void aNameWithoutAnAddressIsReported() throws Exception {
        HostNames none = host -> {
            throw new UnknownHostException(host);
        };
        try (var unknown = new OutgoingRequests(loops, ANY, none, null);
                var line = unknown.line(to("crm.example", 443))) {
            assertThat(sent(line).detail()).isEqualTo("The name of the host could not be resolved.");
        }
    }

    private static SSLContext tls(KeyStore store) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, SelfSigned.PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void certificatesAreChecked() throws Exception {
        var store = SelfSigned.store("127.0.0.1", "EC");
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        HostNames here = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        try (var receiver = new WebhookReceiver(tls(store));
                var trusting = new OutgoingRequests(loops, ANY, here, trusted)) {
            var rightHost = new Destination(true, "127.0.0.1", receiver.port(), "/");
            var otherHost = new Destination(true, "crm.example", receiver.port(), "/");
            try (var right = trusting.line(rightHost);
                    var other = trusting.line(otherHost);
                    var untrusted = requests.line(rightHost)) {
                assertThat(sent(right).status()).isEqualTo(204);
                assertThat(sent(other).detail()).contains("certificate");
                assertThat(sent(untrusted).detail()).contains("certificate");
                assertThat(receiver.received()).hasSize(1);
            }
        }
    }
}
