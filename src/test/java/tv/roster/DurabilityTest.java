package tv.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.Together;

/// `kill -9` in the middle of creates: each user that was answered with 201 is there afterwards.
///
/// `-Droster.durability.users=20000` takes more of them.
class DurabilityTest {
    private static final int USERS = Integer.getInteger("roster.durability.users", 3000);
    private static final int WRITERS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private ServerAlone server;
    private ApiClient bss;

    private void start() {
        server = ServerAlone.start(folder.resolve("data"), "-Xmx256m");
        bss = server.bss();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Creates users from many threads until all are tried or the server is gone; half-way, `kill` happens.
    private void create(Runnable kill) {
        var tried = new AtomicInteger();
        var half = new AtomicInteger();
        Together.run(WRITERS, writer -> {
            for (int number = tried.incrementAndGet(); number <= USERS; number = tried.incrementAndGet()) {
                try {
                    var response = bss.post("/users", ApiClient.user("{'external_id':'c" + number + "'}"));
                    if (response.status() == 201) {
                        answered.add(response.id());
                    } else {
                        assertThat(response.status()).as(response.text()).isIn(503, 409);
                    }
                } catch (UncheckedIOException serverIsGone) {
                    return writer;
                }
                if (answered.size() >= USERS / 2 && half.getAndIncrement() == 0) {
                    kill.run();
                }
            }
            return writer;
        });
    }

    private void nobodyIsLost() {
        assertThat(answered.size()).isGreaterThanOrEqualTo(USERS / 2);
        assertThat(bss.allUserIds()).containsAll(answered);
        System.out.println("Durable: " + answered.size() + " users answered with 201, none lost.");
    }

    @Test
    void afterTheServerWasKilledEveryUserAnsweredIsThere() throws InterruptedException {
        start();
        create(server.process()::destroyForcibly);
        assertThat(server.process().waitFor()).isNotZero();
        assertThat(answered.size()).isLessThan(USERS);
        start();
        nobodyIsLost();
    }

    @Test
    void afterPostgresWasKilledEveryUserAnsweredIsThere() {
        start();
        var killed = server.postmaster().orElseThrow();
        create(killed::destroyForcibly);
        await().atMost(PATIENCE).until(() -> bss.get("/users").status() == 200);
        assertThat(killed.isAlive()).isFalse();
        nobodyIsLost();
    }
}
