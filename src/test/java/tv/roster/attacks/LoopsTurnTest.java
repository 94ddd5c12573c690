package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.testing.ApiClient;
import tv.roster.testing.LoopWaits;

/// No event loop waits for a lock that a virtual thread has while the database goes away and comes back under load.
class LoopsTurnTest {
    /// More of them by `-Droster.outages=50`.
    private static final int OUTAGES = Integer.getInteger("roster.outages", 2);

    private static final int CALLERS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration AWAY = Duration.ofSeconds(1);

    @Test
    void noLoopWaitsForALockDuringOutagesUnderLoad() {
        var folder = Path.of(
                "target", "test-postgres-loops-" + ProcessHandle.current().pid());
        var over = new AtomicBoolean();
        var first = EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.FOR_TESTS);
        try (var server = new TestServer(Map.of(), InstantSource.system(), first.address());
                var waits = new LoopWaits()) {
            var bss = server.newTenant();
            var user = bss.createUser("").id();
            callAllTheTime(bss, user, over);
            waits.start();
            for (int outage = 0; outage < OUTAGES; outage++) {
                first.close();
                await().pollDelay(AWAY)
                        .atMost(PATIENCE)
                        .until(() -> bss.get("/users/" + user).status() == 503);
                first = EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.FOR_TESTS);
                await().atMost(PATIENCE).until(() -> bss.get("/users/" + user).status() == 200);
                await().atMost(PATIENCE)
                        .until(() -> bss.post("/users", ApiClient.user("{}")).status() == 201);
            }
            over.set(true);
            assertThat(waits.stop()).isEmpty();
            assertThat(new ApiClient(server.healthUrl(), null)
                            .get("/health/live")
                            .status())
                    .isEqualTo(200);
        } finally {
            over.set(true);
            first.close();
        }
    }

    private static void callAllTheTime(ApiClient bss, String user, AtomicBoolean over) {
        for (int caller = 0; caller < CALLERS; caller++) {
            boolean keyed = caller % 2 == 0;
            int own = caller;
            var _ = Thread.startVirtualThread(() -> {
                for (int number = 0; !over.get(); number++) {
                    bss.get("/users/" + user);
                    bss.patchUser(
                            user, "'name':'User " + number + "'", "Idempotency-Key", keyed ? own + "-" + number : null);
                }
            });
        }
    }
}
