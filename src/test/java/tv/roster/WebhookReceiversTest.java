package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FreePort;
import tv.roster.testing.NodeTools;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;
import tv.roster.testing.RunningProgram;

/// The receivers of webhooks in `docs/clients`, each run by its own runtime, where that is there: they accept what
/// Roster
/// sends them and what else is signed with their secret, and nothing else.
class WebhookReceiversTest {
    private static final Path CLIENTS = Path.of("docs", "clients");
    private static final String EVENT = """
            {"type":"user.created","timestamp":"2026-11-27T13:00:00.000000Z","data":{"type":"Event","id":"e-1",
             "attributes":{"kind":"user.created","external_id":"c-10023","user":{"name":"Äna"}}}}""";

    private static TestServer server;

    private final int port = FreePort.find();
    private final ApiClient bss = server.newKey(server.addTenant(), "users:write", "webhooks");
    private String secret;

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createEndpoint() {
        var created = bss.post(
                "/webhook_endpoints",
                AdminClient.document("WebhookEndpoint", "'url':'http://127.0.0.1:" + port + "/roster'"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        secret = created.textAt("/data/attributes/secret");
    }

    @Test
    void inPython() throws Exception {
        check(List.of(Program.demand("python3").toString(), copied("receiver.py")));
    }

    @Test
    void inJavaScriptWithThePublicLibrary() throws Exception {
        Files.createSymbolicLink(folder.resolve("node_modules"), NodeTools.modules());
        check(List.of(Program.demand("node").toString(), copied("receiver.mjs")));
    }

    @Test
    void inJavaWithThePublicLibrary() throws Exception {
        var library = Path.of(Webhook.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        check(List.of(java.toString(), "-cp", library.toString(), copied("Receiver.java")));
    }

    private String copied(String file) throws IOException {
        Files.copy(CLIENTS.resolve(file), folder.resolve(file));
        return file;
    }

    private void check(List<String> command) throws Exception {
        var variables = Map.of("SECRET", secret, "PORT", Integer.toString(port));
        try (var receiver = RunningProgram.start(folder, variables, command)) {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsInstanceOf(ConnectException.class)
                    .until(() -> {
                        assertThat(receiver.isRunning()).as(receiver.output()).isTrue();
                        return send(EVENT, EVENT, Instant.now()) == 204;
                    });
            receiver.awaitOutput("c-10023");
            assertThat(send(EVENT, EVENT.replace("c-10023", "c-10024"), Instant.now()))
                    .as("changed on the way")
                    .isEqualTo(400);
            assertThat(send(EVENT, EVENT, Instant.now().minus(Duration.ofHours(1))))
                    .as("sent again by somebody else, later")
                    .isEqualTo(400);
            assertThat(receiver.output()).doesNotContain("c-10024");
            bss.createUser("'external_id':'c-20001'");
            receiver.awaitOutput("c-20001");
        }
    }

    private int send(String signed, String body, Instant time) throws Exception {
        var signature = new Webhook(secret).sign("e-1", time.getEpochSecond(), signed);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/roster"))
                .header("content-type", "application/json")
                .header("webhook-id", "e-1")
                .header("webhook-timestamp", Long.toString(time.getEpochSecond()))
                .header("webhook-signature", "v1,bm9uc2Vuc2U= " + signature)
                .POST(BodyPublishers.ofString(body));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
