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

    /// Of eight pipelined connections, six write.
    private static final int WRITERS = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
                // All connections wait. They get no more work, and are replaced.
                await().atMost(PATIENCE).until(() -> waiting(connections, "is distinct from") >= WRITERS);
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
        return IntStream.range(0, CHANGES)
                .mapToObj(number -> Together.start(() -> withKeys
                        ? bss.patchUser(user, "'name':'N " + number + "'", "Idempotency-Key", "k" + number)
                        : bss.patchUser(user, "'name':'N " + number + "'")))
                .toList();
    }

    /// Connections of this name whose wait is one for a lock, or not.
    private static int waiting(String connections, String comparison) {
        return Integer.parseInt(server.value("""
                select count(*) from pg_stat_activity
                 where datname = current_database() and application_name = ? and wait_event_type %s 'Lock'
                """.formatted(comparison), connections));
    }
}
