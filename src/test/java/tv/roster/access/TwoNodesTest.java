package tv.roster.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.secret;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.AdminClient;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Two servers on one database: what is changed through one is in force on both.
class TwoNodesTest {
    private static final Duration IN_FORCE = Duration.ofSeconds(1);
    private static final Map<String, String> NO_SETTINGS = Map.of();

    private static TestServer first;
    private static TestServer second;
    private static AdminClient admin;

    @BeforeAll
    static void start() {
        first = new TestServer(NO_SETTINGS, InstantSource.system());
        second = new TestServer(NO_SETTINGS, InstantSource.system(), first.database());
        admin = new AdminClient(first.admin());
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    private Response onBoth(String key, int status) {
        assertThat(first.client(key).get("/users").status()).isEqualTo(status);
        return await().atMost(IN_FORCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> second.client(key).get("/users"), answer -> answer.status() == status);
    }

    @Test
    void newKeysRevocationsAndListsAreInForceOnBothWithinASecond() {
        var tenant = admin.newTenant("").id();
        var key = admin.newKey(tenant, "");
        onBoth(secret(key), 200);
        admin.patchTenant(tenant, "'ip_allow_list':['203.0.113.0/24']");
        assertThat(onBoth(secret(key), 403).code()).isEqualTo("ip_not_allowed");
        admin.patchTenant(tenant, "'ip_allow_list':['203.0.113.0/24','127.0.0.1']");
        onBoth(secret(key), 200);
        admin.api().delete("/api_keys/" + key.id());
        onBoth(secret(key), 401);
    }

    @Test
    void expiryAndRotationAreInForceOnBothWithinASecond() {
        var tenant = admin.newTenant("").id();
        var key = admin.newKey(tenant, "");
        onBoth(secret(key), 200);
        var rotated = admin.rotate(key.id(), 0);
        onBoth(secret(key), 401);
        onBoth(secret(rotated), 200);
        admin.patchKey(key.id(), "'expires_time':" + (Instant.now().getEpochSecond() - 1));
        onBoth(secret(rotated), 401);
    }

    @Test
    void changesMadeThroughTheSecondNodeReachTheFirst() {
        var other = new AdminClient(new ApiClient(second.adminUrl() + "/api/admin/v1", first.adminKey()));
        var key = other.newKey(other.newTenant("").id(), "");
        await().atMost(IN_FORCE)
                .until(() -> first.client(secret(key)).get("/users").status() == 200);
        other.api().delete("/api_keys/" + key.id());
        await().atMost(IN_FORCE)
                .until(() -> first.client(secret(key)).get("/users").status() == 401);
    }
}
