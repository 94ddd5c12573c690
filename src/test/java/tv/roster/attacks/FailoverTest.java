package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.events.feed.FeedReader;
import tv.roster.testing.ApiClient;
import tv.roster.testing.PrimaryAndStandby;
import tv.roster.testing.Response;
import tv.roster.testing.RunFolder;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.Together;

/// The primary fails while clients write, and its standby is promoted: what was acknowledged is there, what was
/// refused is not.
class FailoverTest {
    private static final int CLIENTS = 3;
    private static final int MOST_CALLS_EACH = 200_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Queue<String> others = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private void write(ApiClient bss, int client) {
        for (int call = 0; call < MOST_CALLS_EACH && !over; call++) {
            var id = client + "-" + call;
            var response = bss.post("/users", ApiClient.user("{'external_id':'" + id + "'}"));
            switch (response.status() + " " + (response.status() == 201 ? "" : response.code())) {
                case "201 " -> acknowledged.add(id);
                case "503 unavailable" -> refused.add(id);
                case "503 outcome_unknown" -> {}
                default -> others.add(response.status() + " " + response.text());
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLostAndTheServerGoesOnWithTheNewPrimary() throws IOException {
        Files.createDirectory(folder.resolve("node"));
        try (var pair = new PrimaryAndStandby(Files.createDirectory(folder.resolve("pair")));
                // The standby is named first: it must be passed over.
                var server = ServerAlone.start(
                        folder.resolve("node/data"), Map.of("ROSTER_DATABASE_URL", pair.url()), "-Xmx256m")) {
            var bss = server.bss();
            var reader = new FeedReader(bss);
            var read = new HashSet<String>();
            Together.run(CLIENTS + 2, client -> {
                if (client < CLIENTS) {
                    write(bss, client);
                } else if (client == CLIENTS) {
                    failOver(server, pair);
                } else {
                    follow(reader, read);
                }
                return client;
            });
            assertThat(others).isEmpty();
            assertThat(refused).isNotEmpty();
            var there = new ConcurrentLinkedQueue<String>();
            bss.allUsers()
                    .forEach(
                            user -> there.add(user.at("/attributes/external_id").asString()));
            await().atMost(PATIENCE).until(() -> {
                var page = reader.page();
                add(page, read);
                return page.status() == 200 && page.at("/data").isEmpty();
            });
            assertThat(read).containsAll(acknowledged);
            assertThat(there).containsAll(acknowledged).doesNotContainAnyElementsOf(refused);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads events of users while the database fails over; calls that fail are repeated.
    private void follow(FeedReader reader, Set<String> read) {
        for (int page = 0; page < MOST_CALLS_EACH && !over; page++) {
            add(reader.page(), read);
        }
    }

    private static void add(Response page, Set<String> read) {
        assertThat(page.status()).as(page.text()).isIn(200, 503);
        if (page.status() == 200) {
            page.at("/data")
                    .forEach(event ->
                            read.add(event.at("/attributes/external_id").asString()));
        }
    }

    private void failOver(ServerAlone server, PrimaryAndStandby pair) {
        await().atMost(PATIENCE).until(() -> acknowledged.size() > 100);
        pair.killPrimary();
        await().atMost(PATIENCE)
                .until(() -> !refused.isEmpty() && server.health("ready").status() == 503);
        int before = acknowledged.size();
        long promotion = System.nanoTime();
        pair.promote();
        await().atMost(PATIENCE).until(() -> acknowledged.size() > before);
        System.out.printf(
                "Failover: writes were served %d ms after the promotion.%n",
                Duration.ofNanos(System.nanoTime() - promotion).toMillis());
        await().atMost(PATIENCE).until(() -> server.health("ready").status() == 200);
        await().atMost(PATIENCE).until(() -> acknowledged.size() > before + 100);
        over = true;
    }
}
