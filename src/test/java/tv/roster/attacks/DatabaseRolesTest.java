package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.database.session.DatabaseAddress.SslMode;
import tv.roster.testing.ApiClient;
import tv.roster.testing.NetworkBetween;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// A PostgreSQL of its own that changes under the server: read-only for a while, as after a failover, standing
/// still, or without TLS.
class DatabaseRolesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WRITES = 12;

    private static Path folder(String name) {
        return Path.of(
                "target",
                "test-postgres-" + name + "-" + ProcessHandle.current().pid());
    }

    private static EmbeddedPostgres postgres(Path folder) {
        return EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.FOR_TESTS);
    }

    private static Response ready(TestServer server) {
        return new ApiClient(server.healthUrl(), null).get("/health/ready");
    }

    @Test
    void afterAReadOnlyTimeCreatesSucceedAgain() {
        try (var postgres = postgres(folder("role"));
                var server = new TestServer(Map.of(), InstantSource.system(), postgres.address())) {
            var bss = server.newTenant();
            var role = postgres.roles().application().user();
            await().atMost(SOON).until(() -> ready(server).status() == 200);
            server.execute("alter role " + role + " set default_transaction_read_only = on");
            server.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name like 'roster%'");

            var refused = bss.post("/users", ApiClient.user("{}"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("unavailable");
            await().atMost(SOON).until(() -> ready(server).status() == 503);

            server.execute("alter role " + role + " reset default_transaction_read_only");
            await().atMost(SOON)
                    .until(() -> bss.post("/users", ApiClient.user("{}")).status() == 201);
            for (int number = 0; number < WRITES; number++) {
                assertThat(bss.post("/users", ApiClient.user("{}")).status()).isEqualTo(201);
            }
            await().atMost(SOON).until(() -> ready(server).status() == 200);
        }
    }

    @Test
    void databaseThatStoodStillIsUsedAgainAndDoesNothingLate() throws Exception {
        var folder = folder("frozen");
        try (var postgres = postgres(folder);
                var server = new TestServer(Map.of(), InstantSource.system(), postgres.address())) {
            var bss = server.newTenant();
            var user = bss.createUser("'name':'before'").id();
            signal("STOP", folder);
            List<Response> refused;
            try {
                refused = Together.run(
                        WRITES,
                        number -> number % 2 == 0
                                ? bss.patchUser(user, "'name':'late'")
                                : bss.post("/users", ApiClient.user("{}"), "Idempotency-Key", "key-" + number));
            } finally {
                signal("CONT", folder);
            }
            assertThat(refused).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.code()).isIn("unavailable", "outcome_unknown");
            });
            await().atMost(PATIENCE).until(() -> bss.get("/users/" + user).status() == 200);
            var name = bss.get("/users/" + user).textAt("/data/attributes/name");
            assertThat(bss.patchUser(user, "'name':'after'").status()).isEqualTo(200);
            var again = Together.run(
                    WRITES, number -> bss.post("/users", ApiClient.user("{}"), "Idempotency-Key", "again-" + number));
            assertThat(again).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(201));
            assertThat(name).isIn("before", "late");
            assertThat(bss.get("/users/" + user).textAt("/data/attributes/name"))
                    .isEqualTo("after");
            assertThat(server.value("select count(*) from pg_stat_activity where state like 'idle in transaction%'"))
                    .isEqualTo("0");
        }
    }

    /// All of its processes.
    private static void signal(String signal, Path folder) throws Exception {
        var pid = Files.readAllLines(folder.resolve("postgresql").resolve("postmaster.pid"))
                .getFirst();
        var processes = new ArrayList<String>();
        processes.add(pid);
        ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow()
                .descendants()
                .forEach(child -> processes.add(Long.toString(child.pid())));
        var command = new ArrayList<String>();
        command.add("kill");
        command.add("-" + signal);
        command.addAll(processes);
        assertThat(new ProcessBuilder(command).start().waitFor()).isIn(0, 1);
    }

    @Test
    void serverWithoutTlsIsNotLeftWithConnectionsThatAskedForIt() {
        try (var postgres = postgres(folder("plain"));
                var network = new NetworkBetween(preferring(postgres.address()));
                var server = new TestServer(Map.of(), InstantSource.system(), network.address())) {
            server.newTenant().createUser("");
            await().atMost(PATIENCE)
                    .until(() -> network.open()
                            == Long.parseLong(server.value("select count(*) from pg_stat_activity"
                                    + " where application_name like 'roster%' or pid = pg_backend_pid()")));
        }
    }

    private static DatabaseAddress preferring(DatabaseAddress address) {
        return new DatabaseAddress(
                address.host(), address.port(), address.database(), address.user(), address.password(), SslMode.PREFER);
    }
}
