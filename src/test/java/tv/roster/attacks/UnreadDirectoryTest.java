package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.secret;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;

/// A key is changed, and then the server cannot read the keys again: the change is made, and that is what is
/// reported.
class UnreadDirectoryTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of(), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private final AdminClient admin = new AdminClient(server.admin());
    private final Response key = admin.newKey(admin.newTenant("").id(), "");

    @Test
    void aRotationShowsTheNewSecret() throws SQLException {
        var rotated = unread(() -> admin.rotate(key.id(), 0));
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        await().until(() -> opens(secret(rotated)));
        assertThat(opens(secret(key))).isFalse();
    }

    @Test
    void aRevocationIsDone() throws SQLException {
        var revoked = unread(() -> admin.api().delete("/api_keys/" + key.id()));
        assertThat(revoked.status()).as(revoked.text()).isEqualTo(204);
        await().until(() -> !opens(secret(key)));
    }

    /// Makes a call while the tenants, which are read together with the keys, cannot be read.
    private static Response unread(Supplier<Response> call) throws SQLException {
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table tenant");
            return call.get();
        }
    }

    private static boolean opens(String secret) {
        return server.client(secret).get("/access").status() == 200;
    }
}
