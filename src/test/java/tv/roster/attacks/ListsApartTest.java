package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Lists that take PostgreSQL long, and what the other calls notice of them. The audit stands for a list that costs
/// much: a table that is locked makes it as slow as one likes.
class ListsApartTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int MANY = 12;

    private static final TestServer SERVER = new TestServer(Map.of(), InstantSource.system());

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static AutoCloseable slowAudit() throws SQLException {
        Connection connection = TestPostgres.connect(SERVER.database());
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table user_event in access exclusive mode");
        return connection;
    }

    private static List<CompletableFuture<Response>> audits(int number) {
        return Stream.generate(() -> Together.start(() -> SERVER.admin().get("/events")))
                .limit(number)
                .toList();
    }

    @Test
    void slowListsOfOneOwnerDelayNobodyElse() throws Exception {
        var bss = SERVER.newTenant();
        var user = bss.createUser("").id();
        List<CompletableFuture<Response>> audits;
        try (var _ = slowAudit()) {
            audits = audits(MANY);
            await().until(() -> waiting() == 2);

            assertThat(timeOf(() -> bss.get("/users/" + user))).isLessThan(SOON);
            assertThat(timeOf(() -> bss.get("/users"))).isLessThan(SOON);
            assertThat(new AdminClient(SERVER.admin()).newTenant("").status()).isEqualTo(201);
        }
        assertThat(audits).allSatisfy(audit -> assertThat(audit.join().status()).isIn(200, 422, 503));
    }

    @Test
    void listThatTakesTooLongIsRefusedAsTooExpensive() throws Exception {
        try (var _ = slowAudit()) {
            var refused = audits(1).getFirst().join();
            ContractForm.checkError(refused);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("too_expensive");
        }
    }

    /// Statements that wait for the lock.
    private static int waiting() {
        return Integer.parseInt(SERVER.value("select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock' and query like '%user_event%'"));
    }

    private static Duration timeOf(Supplier<Response> call) {
        long start = System.nanoTime();
        assertThat(call.get().status()).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
