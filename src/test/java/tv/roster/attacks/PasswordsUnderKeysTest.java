package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.Together;

/// Many creates with a password and an `Idempotency-Key` at once. The short form sends 40, the long form
/// (`-Dattacks.creates=250`) more.
class PasswordsUnderKeysTest {
    private static final int CREATES = Integer.getInteger("attacks.creates", 40);
    private static final String KEY = "Idempotency-Key";
    private static final String WITH_PASSWORD = """
            {"data": {"type": "User", "meta": {"security": {"user_password": "three birds in a tree"}}}}""";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(Map.of("ROSTER_HASHING_THREADS", "1"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hashingHoldsNoConnectionSoNobodyIsTurnedAway() {
        var bss = server.newTenant();
        var other = server.newTenant();
        var burst = burst(bss, "burst");
        for (int number = 0; !burst.isDone(); number++) {
            var theirs = other.post("/users", ApiClient.user("{}"), KEY, "other-" + number);
            assertThat(theirs.status()).isEqualTo(201);
        }
        assertThat(burst.join()).extracting(Response::status).containsOnly(201);
    }

    @Test
    void aRepeatIsAnsweredWithoutHashingAgain() {
        var bss = server.newTenant();
        var first = bss.post("/users", WITH_PASSWORD, KEY, "k");
        var busy = server.newTenant();
        var burst = burst(busy, "busy");
        await().until(() -> !busy.get("/users").at("/data").isEmpty());
        var again = bss.post("/users", WITH_PASSWORD, KEY, "k");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(burst).as("the hashes ahead of the repeat").isNotDone();
        burst.join();
    }

    private static CompletableFuture<List<Response>> burst(ApiClient bss, String keys) {
        return Together.start(
                () -> Together.run(CREATES, number -> bss.post("/users", WITH_PASSWORD, KEY, keys + number)));
    }
}
