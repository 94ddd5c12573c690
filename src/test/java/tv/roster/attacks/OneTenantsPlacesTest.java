package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;

/// One tenant's calls wait for the database, more of them than may be served at a time; another tenant calls.
class OneTenantsPlacesTest {
    private static final int PLACES = 8;

    /// Three quarters.
    private static final int SHARE = 6;

    @Test
    void oneTenantsSlowCallsLeavePlacesForAnother() throws SQLException {
        var settings = Map.of("ROSTER_REQUESTS_AT_ONCE", Integer.toString(PLACES));
        try (var server = new TestServer(settings, InstantSource.system());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = server.newTenant();
            var other = server.newTenant();
            var users =
                    Stream.generate(() -> busy.createUser("").id()).limit(SHARE).toList();
            // Twice, so that a place which is not given back shows.
            for (int round = 0; round < 2; round++) {
                fillAndLetGo(server, busy, other, users, threads, round);
                refusedCallsOf(busy);
            }
        }
    }

    private static void fillAndLetGo(
            TestServer server, ApiClient busy, ApiClient other, List<String> users, ExecutorService threads, int round)
            throws SQLException {
        try (var beside = TestPostgres.connect(server.database())) {
            beside.setAutoCommit(false);
            try (var lock = beside.prepareStatement("select from roster_user where id = any(?) for update")) {
                lock.setArray(
                        1,
                        beside.createArrayOf(
                                "uuid", users.stream().map(UUID::fromString).toArray()));
                lock.execute();
            }
            var slow = users.stream()
                    .map(id -> threads.submit(() -> busy.patchUser(id, "'name':'Round " + round + "'")))
                    .toList();
            var turnedAway = await().until(() -> busy.get("/access"), answer -> answer.status() == 503);
            ContractForm.checkError(turnedAway);
            assertThat(turnedAway.code()).isEqualTo("unavailable");
            assertThat(turnedAway.header("Retry-After")).isEqualTo("1");
            assertThat(busy.post("/users", ApiClient.user("{}")).status()).isEqualTo(503);
            assertThat(other.get("/users").status()).isEqualTo(200);
            assertThat(server.admin().get("/tenants").status()).isEqualTo(200);
            assertThat(slow).noneMatch(Future::isDone);
            beside.rollback();
            assertThat(slow.stream().map(OneTenantsPlacesTest::result))
                    .extracting(Response::status)
                    .containsOnly(200);
        }
    }

    private static Response result(Future<Response> call) {
        try {
            return call.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Calls that end in each way.
    private static void refusedCallsOf(ApiClient busy) {
        for (int time = 0; time < PLACES; time++) {
            assertThat(busy.get("/nothing").status()).isEqualTo(404);
            assertThat(busy.post("/users", "{").status()).isEqualTo(400);
            assertThat(busy.post("/users", "x".repeat(2 << 20)).status()).isEqualTo(413);
            assertThat(busy.send("DELETE", "/users", null).status()).isEqualTo(405);
            assertThat(busy.get("/users/" + UUID.randomUUID()).status()).isEqualTo(404);
        }
    }
}
