package tv.roster;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.FreePort;
import tv.roster.testing.NodeTools;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;
import tv.roster.testing.RunningProgram;

/// The receivers of webhooks in `docs/clients`, each run by its own runtime, where that is there: they accept what is
/// signed with their secret, and nothing else.
class WebhookReceiversTest {
    private static final Path CLIENTS = Path.of("docs", "clients");
    private static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("a secret of the test, 32 bytes...".getBytes(UTF_8));
    private static final String EVENT = """
            {"type":"user.created","timestamp":"2026-11-27T13:00:00.000000Z","data":{"type":"Event","id":"e-1",
             "attributes":{"kind":"user.created","external_id":"c-10023","user":{"name":"Äna"}}}}""";

    private final int port = FreePort.find();

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

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
        var variables = Map.of("SECRET", SECRET, "PORT", Integer.toString(port));
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
        }
    }

    private int send(String signed, String body, Instant time) throws Exception {
        var signature = new Webhook(SECRET).sign("e-1", time.getEpochSecond(), signed);
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
