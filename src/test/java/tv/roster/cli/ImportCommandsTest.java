package tv.roster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tv.roster.testing.Json.json;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.JavaProcess;
import tv.roster.testing.Program;
import tv.roster.testing.RunFolder;

/// `./roster import` and `./roster export`, as an operator runs them.
class ImportCommandsTest {
    private final TestServer server = TestServer.shared();
    private final ApiClient bss = server.newKey(server.addTenant(), "users:read", "users:write", "bulk");

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    private record Run(int status, String out, String errors) {}

    private Run run(String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        int status = Commands.run(
                arguments,
                Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", bss.key()),
                new PrintWriter(out),
                new PrintWriter(errors),
                Map.of());
        return new Run(status, out.toString(), errors.toString());
    }

    private String done(String... arguments) {
        var run = run(arguments);
        assertThat(run.status()).as(run.errors()).isZero();
        return run.out();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /// The numbers below ROWS, CREATED, UPDATED, UNCHANGED and REJECTED.
    private static List<String> counts(String out) {
        var lines = out.lines().toList();
        int header = lines.indexOf("ROWS  CREATED  UPDATED  UNCHANGED  REJECTED");
        return List.of(lines.get(header + 1).split(" +", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson"})
    void theTemplateIsAFileWithoutFault(String format) throws IOException {
        var template = file("users." + format, done("import", "--template", "--format", format));
        assertThat(counts(done("import", template, "--dry-run"))).containsExactly("2", "2", "0", "0", "0");
        assertThat(counts(done("import", template))).containsExactly("2", "2", "0", "0", "0");
        assertThat(counts(done("import", template))).containsExactly("2", "0", "0", "2", "0");
        assertThat(bss.get("/users/by_external_id/10024").at("/data/attributes/user_flags"))
                .hasSize(2);
    }

    @Test
    void rejectedRowsAreMendedAndSentAgain() throws IOException {
        var rows = file("users.csv", """
                email,external_id,name
                a@example.com,1,Anna
                nonsense,2,"Berg,
                Ben"
                c@example.com,3,Cleo
                a@EXAMPLE.com,4,Dan
                """);
        var first = run("import", rows);
        assertThat(first.status()).isEqualTo(5);
        assertThat(counts(first.out())).containsExactly("4", "2", "0", "0", "2");
        assertThat(first.out()).contains("email_taken").contains("invalid_value");
        var rejected = folder.resolve("users.rejected.csv");
        assertThat(rejected).hasContent("email,external_id,name\nnonsense,2,\"Berg,\nBen\"\na@EXAMPLE.com,4,Dan\n");
        assertThat(folder.resolve("users.rejected.txt"))
                .content()
                .contains("line 3, external id 2: invalid_value: ", "line 6, external id 4: email_taken: ");
        var mended = Files.readString(rejected)
                .replace("nonsense", "b@example.com")
                .replace("Berg,\nBen", "Berg, Ben")
                .replace("a@EXAMPLE", "d@example");
        Files.writeString(rejected, mended);
        assertThat(counts(done("import", rejected.toString()))).containsExactly("2", "2", "0", "0", "0");
        assertThat(bss.get("/users/by_external_id/2").textAt("/data/attributes/name"))
                .isEqualTo("Berg, Ben");
    }

    @Test
    void aRejectedPasswordStaysInTheOperatorsFileAlone() throws IOException {
        var rows = file("users.csv", "external_id,email,user_password\n1,nonsense,three birds on a wire\n");
        var run = run("import", rows);
        assertThat(run.status()).isEqualTo(5);
        assertThat(folder.resolve("users.rejected.csv")).content().contains("three birds on a wire");
        assertThat(Files.getPosixFilePermissions(folder.resolve("users.rejected.csv")))
                .hasSize(2);
        assertThat(folder.resolve("users.rejected.txt")).content().doesNotContain("three birds");
        assertThat(run.out() + run.errors()).doesNotContain("three birds");
    }

    @ParameterizedTest
    @CsvSource({"users.csv", "users.ndjson", "users.csv.gz", "users.ndjson.gz"})
    void whatIsExportedAndImportedAgainIsUnchanged(String name) throws IOException {
        bss.createUser("'external_id':'1','name':'Berg; B, ','contact_details':{'email':'a@example.com'}");
        bss.createUser("'external_id':'2','user_flags':['LOGIN_RESTRICTED']");
        bss.createUser("'name':'nobody in the BSS'");
        var exported = folder.resolve(name);
        done("export", "--output", exported.toString());
        if (name.endsWith(".gz")) {
            try (var unpacked = new GZIPInputStream(Files.newInputStream(exported))) {
                assertThat(new String(unpacked.readAllBytes(), UTF_8)).contains("nobody in the BSS");
            }
        }
        assertThat(Files.getPosixFilePermissions(exported)).hasSize(2);
        assertThat(counts(done("import", exported.toString()))).containsExactly("3", "0", "0", "3", "0");
    }

    @Test
    void anExportHasTheUsersAndFieldsThatWereAskedFor() throws IOException {
        bss.createUser("'external_id':'1','user_flags':['LOGIN_RESTRICTED']");
        bss.createUser("'external_id':'2'");
        var exported = folder.resolve("some.csv");
        done("export", "-o", exported.toString(), "--filter", "user_flags=LOGIN_RESTRICTED", "--fields", "external_id");
        assertThat(Files.readAllLines(exported))
                .satisfiesExactly(
                        header -> assertThat(header).isEqualTo("id,external_id"),
                        row -> assertThat(row).endsWith(",1"));
        assertThat(run("export", "--filter", "nonsense=1").errors()).contains("400 bad_query");
    }

    @Test
    void theModeSaysWhatMayHappen() throws IOException {
        bss.createUser("'external_id':'1'");
        var rows = file("users.csv", "external_id,name\n1,Anna\n2,Ben\n");
        assertThat(counts(run("import", rows, "--mode", "update", "--dry-run").out()))
                .containsExactly("2", "0", "1", "0", "1");
        assertThat(counts(run("import", rows, "--mode", "create").out())).containsExactly("2", "1", "0", "0", "1");
    }

    @Test
    void importsAreListedAndDeletedAndTheirRejectedRowsPrinted() throws Exception {
        var rows = file("users.csv", "external_id,email\n1,nonsense\n");
        var ended = new JsonMapper().readTree(run("import", rows, "--json").out());
        var id = ended.at("/id").asString();
        assertThat(ended.at("/attributes/status").asString()).isEqualTo("COMPLETED");
        assertThat(done("import", "list")).contains(id, "completed", "upsert");
        assertThat(run("import", "--follow", id).status()).isEqualTo(5);
        assertThat(run("import", "--follow", id).errors()).contains("./roster import rejected " + id);
        assertThat(inProcess("import", "rejected", id).output())
                .contains(json("'line':1").replace('1', '2'));
        assertThat(inProcess("import", "rejected", id, "--format", "csv").output())
                .startsWith("line,external_id,codes,detail,external_id,email");
        assertThat(run("import", "cancel", id).errors()).contains("import_finished");
        assertThat(done("import", "delete", id)).contains(id);
        assertThat(run("import", "--follow", id).status()).isEqualTo(1);
    }

    @Test
    void standardInputAndOutputAreFilesToo() throws IOException {
        file("users.csv", "external_id\n1\n2\n");
        var imported = inShell("roster import - --format csv < users.csv");
        assertThat(imported.status()).as(imported.output()).isZero();
        assertThat(counts(imported.output())).containsExactly("2", "2", "0", "0", "0");
        assertThat(inShell("roster export --fields external_id | cut -d, -f2").output())
                .contains("1", "2");
    }

    private Program.Run inProcess(String... arguments) {
        return inShell("roster " + String.join(" ", arguments));
    }

    private Program.Run inShell(String script) {
        var variables = Map.of(
                "ROSTER_URL", server.url(),
                "ROSTER_API_KEY", bss.key(),
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "CLASS_PATH", JavaProcess.classPath());
        var roster = "roster() { \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CLASS_PATH\" tv.roster.Main \"$@\"; }\n";
        return Program.run(folder, variables, List.of("sh", "-c", roster + script));
    }

    @Test
    void aFileAsAWholeMayBeRejected() throws IOException {
        var run = run("import", file("users.csv", "external_id,telphone\n1,2\n"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("422 unknown_member", "telephone_number_E123");
        assertThat(done("import", "list").lines()).hasSize(1);
    }

    @Test
    void aKeyNeedsTheScope() throws IOException {
        var reader = server.newTenant();
        var errors = new StringWriter();
        var nowhere = new PrintWriter(new StringWriter());
        int status = Commands.run(
                new String[] {"import", file("users.csv", "external_id\n1\n")},
                Map.of("ROSTER_URL", server.url(), "ROSTER_API_KEY", reader.key()),
                nowhere,
                new PrintWriter(errors),
                Map.of());
        assertThat(status).isEqualTo(1);
        assertThat(errors.toString()).contains("403 insufficient_scope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import",
                "import -",
                "import nowhere.csv",
                "import --template --format xml",
                "import users.csv --mode replace",
                "import list -n many",
                "export --filter name",
                "export --format xml"
            })
    void wrongUsageIsStatusTwo(String line) throws IOException {
        var arguments = new ArrayList<>(List.of(line.split(" ", -1)));
        arguments.replaceAll(argument ->
                argument.equals("users.csv") ? folder.resolve("users.csv").toString() : argument);
        file("users.csv", "external_id\n");
        var refused = run(arguments.toArray(String[]::new));
        assertThat(refused.status()).as(refused.errors()).isEqualTo(2);
        assertThat(refused.errors()).isNotEmpty();
    }
}
