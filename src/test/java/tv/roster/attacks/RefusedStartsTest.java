package tv.roster.attacks;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.FreePort;
import tv.roster.testing.Program;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;

/// A start that cannot succeed ends with status 1 and a line that says what to do, never with a stack trace.
class RefusedStartsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Program.Run start(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.putIfAbsent("ROSTER_DATABASE_URL", url());
        return ServerAlone.refused(folder.resolve("data"), all, "-Xmx128m");
    }

    private static String url() {
        var address = TestPostgres.newDatabase();
        return "postgresql://" + address.user() + ":" + address.password().value() + "@" + address.host() + ":"
                + address.port() + "/" + address.database();
    }

    /// The log may have lines of its own beside it.
    private static void assertOneLine(Program.Run run, String... words) {
        assertThat(run.status()).as(run.output()).isEqualTo(1);
        assertThat(run.output().lines().filter(line -> !line.matches("[0-9-]{10}T.* (INFO|WARN) .*")))
                .singleElement(as(STRING))
                .contains(words);
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var port = String.valueOf(taken.getLocalPort());
            assertOneLine(
                    start(Map.of("ROSTER_PORT", port)),
                    "Cannot listen on 127.0.0.1:" + port + ": Address already in use",
                    "ROSTER_PORT");
        }
    }

    @Test
    void anAddressOfAnotherMachine() {
        assertOneLine(start(Map.of("ROSTER_HEALTH_HOST", "192.0.2.1")), "Cannot listen on 192.0.2.1:0: Cannot assign");
    }

    @Test
    void aCertificateThatIsNotThere() {
        assertOneLine(
                start(Map.of("ROSTER_TLS_CERTIFICATE", "/nowhere.crt", "ROSTER_TLS_KEY", "/nowhere.key")),
                "/nowhere.crt");
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");
        assertOneLine(start(Map.of()), folder.resolve("data").toString());
    }

    @Test
    void aDatabaseThatAcceptsConnectionsAndSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            assertOneLine(
                    start(Map.of("ROSTER_DATABASE_URL", silent(silent), "ROSTER_DATABASE_WAIT", "1")),
                    "No database at 127.0.0.1:" + silent.getLocalPort() + " after 1 s: it accepts connections, but"
                            + " does not respond");
        }
    }

    @Test
    void aStartThatWaitsForItsDatabaseCanBeStopped() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            var data = folder.resolve("data");
            var server = ServerAlone.launch(
                    data, Map.of("ROSTER_DATABASE_URL", silent(silent), "ROSTER_DATABASE_WAIT", "3600"), "-Xmx128m");
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(ServerAlone.log(data)).contains("Waiting for the database"));
            server.destroy();
            assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(143);
            assertThat(Files.readString(ServerAlone.log(data))).doesNotContain("\tat ");
        }
    }

    @Test
    void aPoolerInBetween() throws IOException {
        var program = Program.demand("pgbouncer");
        var database = TestPostgres.newDatabase();
        int port = FreePort.find();
        var users = Files.writeString(
                folder.resolve("users"),
                "'%s' '%s'"
                        .formatted(database.user(), database.password().value())
                        .replace('\'', '"'));
        var configuration =
                Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s
                pool_mode = session
                ignore_startup_parameters = extra_float_digits
                """.formatted(database.port(), port, users));
        var asNobody =
                System.getProperty("user.name").equals("root") ? List.of("unshare", "--user") : List.<String>of();
        var command = new ArrayList<>(asNobody);
        command.addAll(List.of(program.toString(), configuration.toString()));
        var pooler = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        try {
            var url = "postgresql://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
                    .formatted(database.user(), database.password().value(), port, database.database());
            assertOneLine(start(Map.of("ROSTER_DATABASE_URL", url)), "127.0.0.1:" + port, "PgBouncer");
        } finally {
            pooler.destroy();
        }
    }

    private static String silent(ServerSocket socket) {
        return "postgresql://u:hush@127.0.0.1:" + socket.getLocalPort() + "/d";
    }
}
