package tv.roster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.RunFolder;

/// Imports and exports with a server that does not behave: connections break, and it is away for a while.
class TransfersTest {
    private static final String AWAY =
            json("{'errors':[{'status':'503','code':'unavailable','detail':'The database is away.'}]}");
    private static final String ROWS = "external_id,name\n1,Anna\n2,Ben\n";

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private HttpServer server;

    /// An answer of the server; status 0 is a connection that breaks when the body has arrived, and a negative one
    /// breaks in the middle of its own body.
    private record Answer(int status, String body) {}

    private record Run(int status, String out, String errors) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        calls.add(exchange.getRequestMethod() + " "
                + exchange.getRequestURI().toString().replaceFirst("^/api/user/management/v4", "") + " "
                + headers.getFirst("Content-Type") + " " + headers.getFirst("Content-Encoding") + " "
                + headers.getFirst("Idempotency-Key"));
        bodies.add(exchange.getRequestBody().readAllBytes());
        var answer = answers.remove();
        if (answer.status() != 0) {
            var body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(
                    Math.abs(answer.status()), answer.status() < 0 ? body.length + 1 : Math.max(body.length, 0));
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private void answer(String status, int rejected) {
        answer(
                200,
                json("{'data':{'type':'Import','id':'i1','attributes':{'status':'" + status
                        + "','mode':'upsert','dry_run':false,'rows':{'total':2,'done':2,'created':1,'updated':0,"
                        + "'unchanged':" + (1 - rejected) + ",'rejected':" + rejected + "}}}}"));
    }

    private Run run(String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        int status = Commands.run(
                arguments,
                Map.of("ROSTER_URL", url, "ROSTER_API_KEY", "rst_none"),
                new PrintWriter(out),
                new PrintWriter(errors),
                Map.of());
        return new Run(status, out.toString(), errors.toString());
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void aFileIsSentAgainWithTheSameKeyIfTheConnectionBreaks() throws IOException {
        answer(0, "");
        answer(503, AWAY);
        answer(201, json("{'data':{'type':'Import','id':'i1'}}"));
        answer("COMPLETED", 0);
        var run = run("import", file("users.csv", ROWS), "--dry-run", "--mode", "create");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.errors()).contains("Sending the file again in 1 s.", "The database is away.");
        assertThat(calls.subList(0, 3))
                .allMatch(call -> call.startsWith("POST /imports?mode=create&dry_run=true text/csv null "))
                .allMatch(call -> call.equals(calls.getFirst()));
        assertThat(bodies.subList(0, 3)).allMatch(body -> new String(body, UTF_8).equals(ROWS));
        assertThat(run.out()).contains("Completed (import i1)", "ROWS", "CREATED");
    }

    @Test
    void anImportIsFollowedWhileTheServerIsAway() {
        answer("RUNNING", 0);
        answer(503, AWAY);
        answer(0, "");
        answer("COMPLETED", 0);
        assertThat(run("import", "--follow", "i1").status()).isZero();
        assertThat(calls).allMatch(call -> call.startsWith("GET /imports/i1 "));
    }

    @Test
    void aPackedFileIsSentAsItIs() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(ROWS.getBytes(UTF_8));
        }
        var path = Files.write(folder.resolve("users.csv.gz"), packed.toByteArray());
        answer(201, json("{'data':{'type':'Import','id':'i1'}}"));
        answer("COMPLETED", 1);
        answer(
                200,
                json("{'line':3,'external_id':'2','errors':[{'code':'invalid_value','detail':'No.',"
                        + "'source':{'column':'name'}}],'row':{}}\n"));
        var run = run("import", path.toString());
        assertThat(run.status()).isEqualTo(5);
        assertThat(calls.getFirst()).startsWith("POST /imports text/csv gzip ");
        assertThat(bodies.getFirst()).isEqualTo(packed.toByteArray());
        assertThat(folder.resolve("users.rejected.csv")).hasContent("external_id,name\n2,Ben\n");
        assertThat(folder.resolve("users.rejected.txt")).hasContent("line 3, external id 2: invalid_value: No. (name)");
        assertThat(run.errors()).contains("users.rejected.csv", "users.rejected.txt");
        assertThat(run.out().lines()).contains("1         invalid_value  3     No. (name)");
    }

    @Test
    void whatSomebodyMendsIsNotOverwritten() throws IOException {
        var mended = Files.writeString(folder.resolve("users.rejected.csv"), "mended");
        answer(201, json("{'data':{'type':'Import','id':'i1'}}"));
        answer("COMPLETED", 1);
        answer(200, json("{'line':2,'errors':[{'code':'invalid_value','detail':'No.'}],'row':null}"));
        assertThat(run("import", file("users.csv", ROWS)).status()).isEqualTo(5);
        assertThat(mended).hasContent("mended");
        assertThat(folder.resolve("users.rejected-2.csv")).hasContent("external_id,name\n1,Anna\n");
    }

    @Test
    void aCancelledOrFailedImportIsStatusSix() {
        answer("CANCELLED", 0);
        assertThat(run("import", "--follow", "i1").status()).isEqualTo(6);
        answer("FAILED", 0);
        var failed = run("import", "--follow", "i1", "--json");
        assertThat(failed.status()).isEqualTo(6);
        assertThat(failed.out()).contains("FAILED");
    }

    @Test
    void aRefusalOfTheFileIsNotRepeated() throws IOException {
        answer(422, json("{'errors':[{'status':'422','code':'unknown_member','detail':'There is no column x.'}]}"));
        var run = run("import", file("users.csv", ROWS));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("There is no column x. (422 unknown_member)");
    }

    @Test
    void anExportThatBreaksOffLeavesNoFile() throws IOException {
        var old = Files.writeString(folder.resolve("users.csv"), "old");
        answer(-200, "external_id\n1\n");
        var run = run("export", "--output", old.toString());
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.errors()).contains("broke off", "was not written");
        assertThat(old).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
        answer(200, "external_id\n1\n");
        assertThat(run("export", "--filter", "user_flags=A,B", "--fields", "external_id", "-o", old.toString())
                        .status())
                .isZero();
        assertThat(old).hasContent("external_id\n1\n");
        assertThat(calls.getLast())
                .startsWith("GET /exports/users?filter%5Buser_flags%5D=A%2CB&fields%5BUser%5D=external_id ");
    }
}
