package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.NetworkBetween;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// A network to PostgreSQL that is cut without a word.
class CutNetworkTest {
    private static final int USERS = 9;
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /// A node behind a network that can be cut, and one beside it.
    private record Nodes(NetworkBetween network, TestServer far, TestServer near) implements AutoCloseable {
        static Nodes start() {
            var database = TestPostgres.newMigratedDatabase();
            var near = new TestServer(Map.of(), InstantSource.system(), database);
            var network = new NetworkBetween(database);
            return new Nodes(network, new TestServer(Map.of(), InstantSource.system(), network.address()), near);
        }

        /// The same client at the far node.
        ApiClient far(ApiClient client) {
            far.refresh();
            return far.client(client.key());
        }

        @Override
        public void close() {
            try (near;
                    network;
                    far) {
                network.mend();
            }
        }
    }

    private static Response ready(TestServer server) {
        return new ApiClient(server.healthUrl(), null).get("/health/ready");
    }

    @Test
    void writeThatWasRefusedNeverHappensLater() {
        try (var nodes = Nodes.start()) {
            var near = nodes.near().newTenant();
            var far = nodes.far(near);
            var users = Stream.generate(() -> near.createUser("").id())
                    .limit(2 * USERS)
                    .toList();
            users.forEach(user ->
                    assertThat(far.patchUser(user, "'name':'zero'").status()).isEqualTo(200));

            nodes.network().cut();
            var refused = Together.run(
                    2 * USERS,
                    number -> number < USERS
                            ? far.patchUser(users.get(number), "'name':'first'")
                            : far.patchUser(users.get(number), "'name':'first'", "Idempotency-Key", "key-" + number));
            assertThat(refused).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(503));
            assertThat(refused.subList(0, USERS))
                    .allSatisfy(answer -> assertThat(answer.code()).isIn("outcome_unknown", "unavailable"));
            users.forEach(user ->
                    assertThat(near.patchUser(user, "'name':'second'").status()).isEqualTo(200));
            nodes.network().mend();

            await().atMost(PATIENCE).until(() -> far.createUser("").status() == 201);
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> names(near, users), allAre("second"));
        }
    }

    private static List<String> names(ApiClient client, List<String> users) {
        return users.stream()
                .map(user -> client.get("/users/" + user).textAt("/data/attributes/name"))
                .distinct()
                .toList();
    }

    private static org.hamcrest.Matcher<List<String>> allAre(String name) {
        return org.hamcrest.Matchers.equalTo(List.of(name));
    }

    @Test
    void callsAreServedWithinFiveSecondsOfTheNetworksReturn() {
        try (var nodes = Nodes.start()) {
            var near = nodes.near().newTenant();
            var far = nodes.far(near);
            var user = far.createUser("").id();
            for (int seconds : new int[] {1, 7}) {
                nodes.network().cut();
                callFor(Duration.ofSeconds(seconds), far, user);
                nodes.network().mend();
                servedWithinFiveSeconds(nodes, far, user);
            }
        }
    }

    private static void servedWithinFiveSeconds(Nodes nodes, ApiClient far, String user) {
        var read = new AtomicBoolean();
        var written = new AtomicBoolean();
        await().atMost(FIVE_SECONDS).pollInterval(OFTEN).until(() -> {
            call(() -> read.compareAndSet(false, far.get("/users/" + user).status() == 200));
            call(() -> written.compareAndSet(
                    false, far.post("/users", ApiClient.user("{}")).status() == 201));
            return read.get() && written.get() && ready(nodes.far()).status() == 200;
        });
    }

    /// Calls go on all the time, each of them on a thread of its own.
    private static void callFor(Duration time, ApiClient far, String user) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> {
            call(() -> far.get("/users/" + user));
            call(() -> far.patchUser(user, "'name':'Anna'"));
            return System.nanoTime() > end;
        });
    }

    private static void call(Runnable call) {
        var _ = Thread.startVirtualThread(call);
    }

    @Test
    void connectionsThatDiedWithoutAWordAreReplacedWithinFiveSeconds() {
        try (var nodes = Nodes.start()) {
            var far = nodes.far(nodes.near().newTenant());
            var user = far.createUser("").id();
            nodes.network().forget();
            servedWithinFiveSeconds(nodes, far, user);
        }
    }

    @Test
    void nodeThatIsCutOffSaysSoWithinFiveSeconds() {
        try (var nodes = Nodes.start()) {
            await().atMost(FIVE_SECONDS).until(() -> ready(nodes.far()).status() == 200);
            nodes.network().cut();
            await().atMost(FIVE_SECONDS).until(() -> ready(nodes.far()).status() == 503);
            assertThat(ready(nodes.near()).status()).isEqualTo(200);
            nodes.network().mend();
            await().atMost(FIVE_SECONDS).until(() -> ready(nodes.far()).status() == 200);
        }
    }
}
