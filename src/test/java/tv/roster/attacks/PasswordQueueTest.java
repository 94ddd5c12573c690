package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// One tenant sends more passwords at once than can be hashed in seconds; another one's subscriber logs in.
class PasswordQueueTest {
    private static final int CREATES = 24;

    @Test
    void anotherTenantsLoginDoesNotWaitForAllOfThem() {
        var settings = Map.of("ROSTER_HASHING_THREADS", "1");
        try (var server = new TestServer(settings, InstantSource.system())) {
            var busy = server.newTenant();
            var login = server.newKey(server.addTenant(), "credentials:verify");
            var burst = Together.start(() -> creates(busy));
            await().until(() -> !busy.get("/users").at("/data").isEmpty());
            var checked = login.post("/credential_checks", """
                    {"data": {"type": "CredentialCheck",
                              "attributes": {"external_id": "anna", "password": "three birds in a tree"}}}""");
            assertThat(checked.status()).isEqualTo(200);
            assertThat(burst).as("the passwords that came before").isNotDone();
            assertThat(burst.join()).extracting(Response::status).containsOnly(201);
        }
    }

    private static List<Response> creates(ApiClient bss) {
        return Together.run(CREATES, number -> bss.post("/users", """
                {"data": {"type": "User", "meta": {"security": {"user_password": "three birds in a tree"}}}}"""));
    }
}
