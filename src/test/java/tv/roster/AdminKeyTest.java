package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.ApiClient;
import tv.roster.testing.JavaProcess;
import tv.roster.testing.Response;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// `./roster admin-key`: the way back if every admin key is lost.
class AdminKeyTest {
    private static final Duration IN_FORCE = Duration.ofSeconds(10);
    private static final String KEY = "rst_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}";

    @TempDir
    Path folder;

    private record Run(int status, String out, String errors) {
        String key() {
            assertThat(status).as(errors).isZero();
            assertThat(out.strip()).matches(KEY);
            return out.strip();
        }

        void failedInOneLine(String... words) {
            assertThat(status).as(errors).isEqualTo(1);
            assertThat(out).isEmpty();
            assertThat(errors.lines()).singleElement().asString().contains(words);
        }
    }

    private static Run adminKey(Map<String, String> settings, String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        var line = Stream.concat(Stream.of("admin-key"), Stream.of(arguments)).toArray(String[]::new);
        int status = MachineCommands.run(line, settings, new PrintWriter(out, true), new PrintWriter(errors, true));
        return new Run(status, out.toString(), errors.toString());
    }

    /// In a process of its own, from the program's entry point.
    private Run adminKeyAlone(Path data) throws Exception {
        var out = Files.createTempFile(folder, "out", "").toFile();
        var errors = Files.createTempFile(folder, "errors", "").toFile();
        var builder = JavaProcess.of(
                        folder,
                        List.of("-Xmx128m", "--enable-native-access=ALL-UNNAMED"),
                        "tv.roster.Main",
                        "admin-key")
                .redirectOutput(out)
                .redirectError(errors);
        builder.environment().keySet().removeIf(name -> name.startsWith("ROSTER_"));
        builder.environment().put("ROSTER_DATA", data.toString());
        var process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end: " + Files.readString(errors.toPath()));
        }
        return new Run(process.exitValue(), Files.readString(out.toPath()), Files.readString(errors.toPath()));
    }

    private static Response worksSoon(ApiClient admin) {
        return await().atMost(IN_FORCE).until(() -> admin.get("/api_keys"), answer -> answer.status() == 200);
    }

    @Test
    void worksOnARunningServerWithADatabaseOfItsOwnAndIsInTheLogWithoutAnAuthor() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var url = TestPostgres.url(server.asApplication());
            var run = adminKey(Map.of("ROSTER_DATABASE_URL", url), "--name", "Found again");
            var admin = server.admin(run.key());
            var keys = worksSoon(admin);
            assertThat(keys.text()).contains("Found again");
            assertThat(run.errors()).doesNotContain(run.key());
            var event = admin.get("/events?filter[kind]=api_key.created").at("/data/0");
            assertThat(event.at("/attributes/after/name").asString()).isEqualTo("Found again");
            assertThat(event.at("/attributes/after/scopes/0").asString()).isEqualTo("admin");
            assertThat(server.value("select count(*) from admin_event where kind = 'api_key.created'"
                            + " and author_key_id is null and address is null and request_id is null"))
                    .isEqualTo("1");
        }
    }

    @Test
    void worksOnTheEmbeddedPostgresWhileTheServerRunsAndWhileItIsStopped() throws Exception {
        var data = Files.createDirectory(folder.resolve("roster")).resolve("data");
        var keys = new ArrayList<String>();
        try (var server = ServerAlone.start(data, "-Xmx256m")) {
            keys.add(adminKeyAlone(data).key());
            worksSoon(new ApiClient(server.url() + "/api/admin/v1", keys.getFirst()));
        }
        keys.add(adminKeyAlone(data).key());
        try (var server = ServerAlone.start(data, "-Xmx256m")) {
            for (var key : keys) {
                var answer = worksSoon(new ApiClient(server.url() + "/api/admin/v1", key));
                assertThat(answer.text()).contains("Recovered on ");
            }
        }
        assertThat(Files.readString(ServerAlone.log(data))).doesNotContain(keys);
        assertThat(Files.readString(data.resolve("postgresql.log"))).doesNotContain(keys);
    }

    @Test
    void aFolderWithoutAnInstallationRemainsAsItIs() throws IOException {
        var missing = folder.resolve("missing");
        adminKey(Map.of("ROSTER_DATA", missing.toString())).failedInOneLine("no installation in " + missing);
        assertThat(missing).doesNotExist();
        var empty = Files.createDirectory(folder.resolve("empty"));
        adminKey(Map.of("ROSTER_DATA", empty.toString())).failedInOneLine("no installation in " + empty);
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void aDatabaseWithoutAnInstallationRemainsAsItIs() {
        var database = TestPostgres.newDatabase();
        adminKey(Map.of("ROSTER_DATABASE_URL", TestPostgres.url(database)))
                .failedInOneLine("no installation in the database " + database.database());
        assertThat(TestPostgres.value(database, "select count(*) from pg_tables where schemaname = 'public'"))
                .isEqualTo("0");
    }

    @Test
    void aSchemaOfAnotherVersionIsRefused() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var settings = Map.of("ROSTER_DATABASE_URL", TestPostgres.url(server.database()));
            server.execute(
                    "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                            + " installed_by, execution_time, success) values (9999, '9999', 'contract needs 9998 x', 'SQL', 'x', 'x', 1, true)");
            adminKey(settings).failedInOneLine("the schema of a newer Roster (9999)");
            server.execute("delete from flyway_schema_history where installed_rank = 9999 or installed_rank ="
                    + " (select max(installed_rank) from flyway_schema_history where installed_rank < 9999)");
            adminKey(settings).failedInOneLine("the schema of an older Roster");
            assertThat(server.value("select count(*) from api_key where name like 'Recovered%'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void aFailureDoesNotPrintThePasswordOfTheDatabase() throws IOException {
        var database = TestPostgres.newDatabase();
        var wrong = adminKey(Map.of(
                "ROSTER_DATABASE_URL",
                "postgresql://roster:hush-hush@127.0.0.1:" + database.port() + "/" + database.database()));
        wrong.failedInOneLine("refuses roster", "ROSTER_DATABASE_URL");
        assertThat(wrong.errors()).doesNotContain("hush");
        try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            var away = adminKey(Map.of(
                    "ROSTER_DATABASE_URL",
                    "postgresql://u:hush-hush@127.0.0.1:" + silent.getLocalPort() + "/d",
                    "ROSTER_DATABASE_WAIT",
                    "0"));
            away.failedInOneLine("No database at 127.0.0.1:" + silent.getLocalPort());
            assertThat(away.errors()).doesNotContain("hush");
        }
    }

    @Test
    void wrongArgumentsAndSettingsAreReportedWithStatus2() {
        var settings = Map.of("ROSTER_DATA", folder.toString());
        for (var arguments : new String[][] {{"--nmae", "x"}, {"x"}, {"--name"}, {"--name", ""}, {"--name", "a\tb"}}) {
            var run = adminKey(settings, arguments);
            assertThat(run.status())
                    .as(List.of(arguments) + ": " + run.errors())
                    .isEqualTo(2);
            assertThat(run.out()).isEmpty();
        }
        var fault = adminKey(Map.of("ROSTER_DATABASE_URL", "nonsense"));
        assertThat(fault.status()).isEqualTo(2);
        assertThat(fault.errors()).startsWith("ROSTER_DATABASE_URL: ");
    }
}
