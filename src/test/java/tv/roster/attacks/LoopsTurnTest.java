package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.embedded.EmbeddedPostgres;
import tv.roster.testing.ApiClient;

/// No event loop waits for a lock that a virtual thread has while the database goes away and comes back under load: one
/// that parks behind a
/// virtual thread which only it can carry hangs for good. Java's own recorder sees the loops of all servers in this
/// run.
class LoopsTurnTest {
    /// More of them by `-Droster.outages=50`.
    private static final int OUTAGES = Integer.getInteger("roster.outages", 2);

    private static final int CALLERS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(1);

    @Test
    void noLoopWaitsForALockDuringOutagesUnderLoad() {
        var folder = Path.of(
                "target", "test-postgres-loops-" + ProcessHandle.current().pid());
        var waits = new ConcurrentLinkedQueue<String>();
        var over = new AtomicBoolean();
        var first = EmbeddedPostgres.start(folder, EmbeddedPostgres.Options.FOR_TESTS);
        try (var server = new TestServer(Map.of(), InstantSource.system(), first.address());
                var recorder = new RecordingStream()) {
            var bss = server.newTenant();
            var user = bss.createUser("").id();
            callAllTheTime(bss, user, over);
            for (var event : new String[] {"jdk.ThreadPark", "jdk.JavaMonitorEnter"}) {
                recorder.enable(event).withThreshold(Duration.ZERO).withStackTrace();
                recorder.onEvent(event, found -> note(found, waits));
            }
            recorder.startAsync();
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
            recorder.stop();
            assertThat(waits).isEmpty();
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

    private static boolean isVirtual(RecordedThread owner) {
        return owner != null && owner.isVirtual();
    }

    private static void note(RecordedEvent event, Queue<String> waits) {
        var thread = event.getThread();
        var name = thread == null ? null : thread.getJavaName();
        if (name == null || !name.contains("eventloop") || thread.isVirtual()) {
            return;
        }
        if (event.hasField("previousOwner") && !isVirtual(event.getThread("previousOwner"))) {
            // Another loop held it, which goes on whatever this one does.
            return;
        }
        var stack = String.valueOf(event.getStackTrace());
        // Classes are loaded once.
        if (!stack.contains("ClassLoader")) {
            waits.add(event.toString());
        }
    }
}
