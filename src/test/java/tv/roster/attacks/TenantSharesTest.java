package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// One tenant changes one user many times at once, and that user's row is locked: the others go on.
class TenantSharesTest {
    private static final int CHANGES = 150;
    private static final int OTHERS = 20;

    /// More than there is room for on all writing connections and on those that replace them while they are silent.
    private static final int LINKS = 500;

    /// Of eight pipelined connections, six write.
    private static final int WRITERS = 6;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of(), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void changesUnderKeysLeaveTransactionsToOthers() throws SQLException {
        othersCreateWhileOneWaits("roster transactions", true);
    }

    @Test
    void plainChangesLeaveConnectionsToOthers() throws SQLException {
        othersCreateWhileOneWaits("roster writing", false);
    }

    /// Their answers are not kept for an `Idempotency-Key`, but they write all the same.
    @Test
    void linksThatAreNotMailedLeaveConnectionsToOthers() throws SQLException {
        var busy = server.newTenant();
        var other = server.newTenant();
        var user = busy.createUser("").id();
        var body = "{'data':{'type':'PasswordResetLink','attributes':{'delivery':'none'}}}";
        var over = new AtomicBoolean();
        List<CompletableFuture<Response>> links;
        try (var connection = TestPostgres.connect(server.database())) {
            lock(connection, user);
            links = start(LINKS, number -> {
                var made = busy.post("/users/" + user + "/password_reset_links", body);
                while (!over.get()) {
                    made = busy.post("/users/" + user + "/password_reset_links", body);
                }
                return made;
            });
            awaitReplacedConnections();
            for (int number = 0; number < OTHERS; number++) {
                var created = other.post("/users", ApiClient.user("{}"));
                assertThat(created.status()).as(created.text()).isEqualTo(201);
            }
            connection.rollback();
        } finally {
            over.set(true);
        }
        assertThat(links).allSatisfy(link -> assertThat(link.join().status()).isIn(201, 503));
    }

    private static void othersCreateWhileOneWaits(String connections, boolean withKeys) throws SQLException {
        var busy = server.newTenant();
        var other = server.newTenant();
        var user = busy.createUser("").id();
        List<CompletableFuture<Response>> changes;
        try (var connection = TestPostgres.connect(server.database())) {
            lock(connection, user);
            changes = changes(busy, user, withKeys);
            await().atMost(PATIENCE).until(() -> waiting(connections, "is not distinct from") > 2);
            if (!withKeys) {
                awaitReplacedConnections();
            }
            for (int number = 0; number < OTHERS; number++) {
                var created = withKeys
                        ? other.post("/users", ApiClient.user("{}"), "Idempotency-Key", "k" + number)
                        : other.post("/users", ApiClient.user("{}"));
                assertThat(created.status()).as(created.text()).isEqualTo(201);
            }
            connection.rollback();
        }
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.join().status()).isIn(200, 503));
    }

    private static void lock(Connection connection, String user) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("select from roster_user where id = ? for update")) {
            statement.setObject(1, UUID.fromString(user));
            statement.execute();
        }
    }

    private static List<CompletableFuture<Response>> changes(ApiClient bss, String user, boolean withKeys) {
        return start(
                CHANGES,
                number -> withKeys
                        ? bss.patchUser(user, "'name':'N " + number + "'", "Idempotency-Key", "k" + number)
                        : bss.patchUser(user, "'name':'N " + number + "'"));
    }

    private static List<CompletableFuture<Response>> start(int times, IntFunction<Response> call) {
        return IntStream.range(0, times)
                .mapToObj(number -> Together.start(() -> call.apply(number)))
                .toList();
    }

    /// All writing connections wait. They get no more work, and are replaced.
    private static void awaitReplacedConnections() {
        await().atMost(PATIENCE).until(() -> waiting("roster writing", "is distinct from") >= WRITERS);
    }

    /// Connections of this name whose wait is one for a lock, or not.
    private static int waiting(String connections, String comparison) {
        return Integer.parseInt(server.value("""
                select count(*) from pg_stat_activity
                 where datname = current_database() and application_name = ? and wait_event_type %s 'Lock'
                """.formatted(comparison), connections));
    }
}
