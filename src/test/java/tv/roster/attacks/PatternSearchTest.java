package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;

/// One tenant searches names for 100 pairs of letters and counts what it finds, eight times at once, again and
/// again. The long form: `-Dattacks.users=300000 -Dattacks.seconds=20`.
class PatternSearchTest {
    private static final int USERS = Integer.getInteger("attacks.users", 30_000);
    private static final int SECONDS = Integer.getInteger("attacks.seconds", 3);
    private static final int SEARCHES_AT_ONCE = 8;
    /// A second, and another one for a machine that runs all tests at once.
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(2);

    private static final String SEARCH = "/users?page%5Btotal%5D=true&filter%5Bname%5D="
            + URLEncoder.encode(
                    IntStream.range(0, 100)
                            .mapToObj(n -> "" + (char) ('a' + n / 10) + (char) ('0' + n % 10))
                            .collect(Collectors.joining(",")),
                    StandardCharsets.UTF_8);

    private static TestServer server;
    private static ApiClient attacker;
    private static UUID victimTenant;
    private static ApiClient victim;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of(), InstantSource.system());
        var tenant = server.addTenant("GOLD");
        ManyUsers.add(server, tenant, USERS);
        attacker = server.newKey(tenant, "users:read");
        victimTenant = server.addTenant();
        victim = server.newKey(victimTenant, "users:read", "users:write");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theOthersReadsListsAndWritesGoOn() {
        var user = victim.createUser("'name':'Anna'").id();
        var gets = new ArrayList<Long>();
        var lists = new ArrayList<Long>();
        var writes = new ArrayList<Long>();
        var answers = attacked(() -> {
            gets.add(timeOf(() -> victim.get("/users/" + user), 200));
            lists.add(timeOf(() -> victim.get("/users"), 200));
            writes.add(timeOf(() -> victim.post("/users", ApiClient.user("{}")), 201));
        });
        report("get", gets);
        report("list", lists);
        report("create", writes);
        System.out.println("attacker: "
                + answers.stream().collect(Collectors.groupingBy(Response::status, Collectors.counting())));
        assertThat(answers).extracting(Response::status).containsAnyOf(200, 422).isSubsetOf(200, 422, 503);
        assertThat(percentile(gets, 99)).as("get, 99 of 100").isLessThan(Duration.ofSeconds(1));
        assertThat(percentile(lists, 99)).as("list, 99 of 100").isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aSearchThatTakesTooLongIsToldWhatToAskInstead() throws SQLException {
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table user_profile in access exclusive mode");
            var name = attacker.get("/users?filter%5Bname%5D=anna&include=user_profiles");
            ContractForm.checkError(name);
            assertThat(name.status()).isEqualTo(422);
            assertThat(name.code()).isEqualTo("too_expensive");
            assertThat(name.source()).isEqualTo("filter[name]");
        }
    }

    @Test
    void aRevokedKeyIsOutSoon() {
        try (var other = new TestServer(Map.of(), InstantSource.system(), server.database())) {
            var key = new AdminClient(server.admin()).newKey(victimTenant.toString(), "");
            var client = other.client(AdminClient.secret(key));
            await().until(() -> client.get("/users").status() == 200);
            var revoked = new AtomicBoolean();
            attacked(() -> {
                if (revoked.compareAndSet(false, true)) {
                    assertThat(server.admin().delete("/api_keys/" + key.id()).status())
                            .isEqualTo(204);
                    await().atMost(REVOKED_WITHIN)
                            .until(() -> client.get("/users").status() == 401);
                }
            });
        }
    }

    /// What the attacker was answered while `meanwhile` was done again and again.
    private static List<Response> attacked(Runnable meanwhile) {
        var stop = new AtomicBoolean();
        var answers = new ConcurrentLinkedQueue<Response>();
        var attackers = IntStream.range(0, SEARCHES_AT_ONCE)
                .mapToObj(n -> Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        answers.add(attacker.get(SEARCH));
                    }
                }))
                .toList();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        try {
            do {
                meanwhile.run();
            } while (System.nanoTime() < end || answers.isEmpty());
        } finally {
            stop.set(true);
            attackers.forEach(PatternSearchTest::join);
        }
        return List.copyOf(answers);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long timeOf(Supplier<Response> call, int status) {
        long start = System.nanoTime();
        assertThat(call.get().status()).isEqualTo(status);
        return System.nanoTime() - start;
    }

    private static Duration percentile(List<Long> nanos, int percent) {
        var sorted = nanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((sorted.size() - 1) * percent / 100));
    }

    private static void report(String call, List<Long> nanos) {
        System.out.printf(
                "%s: %d calls, p50 %d ms, p99 %d ms, slowest %d ms%n",
                call,
                nanos.size(),
                percentile(nanos, 50).toMillis(),
                percentile(nanos, 99).toMillis(),
                percentile(nanos, 100).toMillis());
    }
}
