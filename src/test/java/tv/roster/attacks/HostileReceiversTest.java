package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.SelfSigned;
import tv.roster.testing.WebhookReceiver;

/// Receivers that hang, respond byte by byte, send a gigabyte, redirect to this machine, or have a certificate of their
/// own: what they do is bounded and reported, and others get their events meanwhile.
class HostileReceiversTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TestServer server =
            new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), InstantSource.system());
    private final List<ServerSocket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private interface Behaviour {
        void respond(OutputStream out) throws IOException, InterruptedException;
    }

    private String receiver(Behaviour behaviour, AtomicInteger connections) throws IOException {
        var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        Thread.startVirtualThread(() -> {
            while (!socket.isClosed()) {
                try {
                    var client = socket.accept();
                    connections.incrementAndGet();
                    Thread.startVirtualThread(() -> serve(client, behaviour));
                } catch (IOException e) {
                    // The test is over.
                }
            }
        });
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    private static void serve(Socket client, Behaviour behaviour) {
        try (client) {
            client.getInputStream().read(new byte[8192]);
            behaviour.respond(client.getOutputStream());
        } catch (IOException e) {
            // The connection was closed by the other side.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private ApiClient newTenant() {
        return server.newKey(server.addTenant(), "webhooks", "users:read", "users:write");
    }

    private static String endpoint(ApiClient api, String url) {
        var created = api.post("/webhook_endpoints", document("WebhookEndpoint", "'url':'" + url + "'"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return "/webhook_endpoints/" + created.id();
    }

    @Test
    void receiversThatHangHoldOneConnectionAndNobodyElseIsSlowed() throws IOException {
        var hanging = new AtomicInteger();
        var url = receiver(out -> TimeUnit.MINUTES.sleep(1), hanging);
        for (int tenant = 0; tenant < 5; tenant++) {
            var api = newTenant();
            for (int at = 0; at < 16; at++) {
                endpoint(api, url + at);
            }
            for (int user = 0; user < 20; user++) {
                api.createUser("'name':'Anna'");
            }
        }
        await().atMost(PATIENCE).until(() -> hanging.get() == 80);
        try (var healthy = new WebhookReceiver()) {
            var api = newTenant();
            endpoint(api, healthy.url());
            for (int user = 0; user < 100; user++) {
                api.createUser("'name':'Ben'");
            }
            await().atMost(Duration.ofSeconds(14))
                    .until(() -> healthy.received().size() == 100);
        }
        assertThat(hanging).hasValueLessThan(200);
    }

    @Test
    void whatReceiversDoIsReported() throws IOException {
        var api = newTenant();
        var inside = new WebhookReceiver();
        try (inside;
                var ownCertificate = new WebhookReceiver(SelfSigned.context())) {
            var gigabyte = receiver(
                    out -> {
                        out.write(ascii("HTTP/1.1 500 Much\r\nContent-Length: 1073741824\r\n\r\n"));
                        for (int at = 0; at < 1 << 20; at++) {
                            out.write(new byte[1024]);
                        }
                    },
                    new AtomicInteger());
            var redirecting = receiver(
                    out -> out.write(ascii(
                            "HTTP/1.1 307 Over there\r\nLocation: " + inside.url() + "\r\nContent-Length: 0\r\n\r\n")),
                    new AtomicInteger());
            var slow = receiver(
                    out -> {
                        for (byte one : ascii("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100))) {
                            out.write(one);
                            TimeUnit.MILLISECONDS.sleep(200);
                        }
                    },
                    new AtomicInteger());
            var much = endpoint(api, gigabyte);
            var elsewhere = endpoint(api, redirecting);
            var drop = endpoint(api, slow);
            var untrusted = endpoint(api, ownCertificate.url());
            api.createUser("'name':'Anna'");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(failure(api, much, "status")).isEqualTo("500");
                assertThat(failure(api, much, "detail")).contains("64 KiB");
                assertThat(failure(api, elsewhere, "status")).isEqualTo("307");
                assertThat(failure(api, untrusted, "detail")).contains("certificate");
                assertThat(failure(api, drop, "detail")).contains("15 s");
            });
            assertThat(inside.received()).isEmpty();
            assertThat(ownCertificate.received()).isEmpty();
        }
    }

    private static String failure(ApiClient api, String endpoint, String member) {
        return api.get(endpoint).textAt("/data/attributes/last_failure/" + member);
    }
}
