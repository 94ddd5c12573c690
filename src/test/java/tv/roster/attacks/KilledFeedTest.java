package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.roster.events.feed.FeedReader;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;
import tv.roster.testing.RunFolder;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.Together;
import tv.roster.testing.WebhookReceiver;
import tv.roster.testing.WebhookReceiver.Answer;

/// `kill -9` of the server and of PostgreSQL, in turns, while users are created, changed and deleted: a reader of the
/// feed has each acknowledged change, and those of each user in the order of its versions. `-Dattacks.kills=20` for
/// more.
class KilledFeedTest {
    private static final int KILLS = Integer.getInteger("attacks.kills", 6);
    private static final long SEED = Long.getLong("attacks.seed", 16);
    private static final int WRITERS = 3;
    private static final int MOST_CHANGES = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(factory = RunFolder.TempDirs.class)
    Path folder;

    private volatile ServerAlone server;
    private volatile boolean over;

    /// The user, its version and the kind of each change that was acknowledged.
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    private static ServerAlone start(Path data) {
        return ServerAlone.start(
                data, Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8"), "-Xmx192m", "-XX:+UseSerialGC");
    }

    /// Refuses the first delivery of some events.
    private static WebhookReceiver unlucky() {
        Set<String> met = ConcurrentHashMap.newKeySet();
        return new WebhookReceiver()
                .answering(message ->
                        Answer.of(met.add(message.id()) && message.id().hashCode() % 50 == 0 ? 503 : 204));
    }

    @Test
    void readersAndReceiversHaveEachAcknowledgedChange() {
        server = start(folder.resolve("data"));
        try (var receiver = unlucky()) {
            var endpoint = server.bss()
                    .post(
                            "/webhook_endpoints",
                            "{'data':{'type':'WebhookEndpoint','attributes':{'url':'" + receiver.url() + "'}}}");
            assertThat(endpoint.status()).as(endpoint.text()).isEqualTo(201);
            var reader = new FeedReader(server.bss());
            var events = new ArrayList<JsonNode>();
            Together.run(WRITERS + 2, worker -> {
                if (worker < WRITERS) {
                    write(new Random(SEED + worker));
                } else if (worker == WRITERS) {
                    kill(receiver, new Random(SEED));
                } else {
                    read(reader, events);
                }
                return worker;
            });
            events.addAll(new FeedReader(server.bss(), reader.next()).rest(0));
            assertThat(acknowledged).hasSizeGreaterThan(KILLS);
            assertThat(changes(events)).containsAll(acknowledged);
            assertInOrder(events);
            await().atMost(PATIENCE.multipliedBy(2))
                    .untilAsserted(() -> assertThat(changesOf(receiver)).containsAll(acknowledged));
            assertInOrder(receiver.received().stream()
                    .map(message -> message.json().get("data"))
                    .toList());
        } finally {
            server.close();
        }
    }

    /// The calls on a server that has been killed fail, and nothing is known of them.
    private void write(Random random) {
        var users = new HashMap<String, Integer>();
        for (int change = 0; change < MOST_CHANGES && !over; change++) {
            try {
                writeOne(server.bss(), users, random);
            } catch (UncheckedIOException killed) {
                users.clear();
            }
        }
    }

    private void writeOne(ApiClient bss, Map<String, Integer> users, Random random) {
        var user = users.isEmpty() || random.nextInt(3) == 0
                ? null
                : List.copyOf(users.keySet()).get(random.nextInt(users.size()));
        if (user == null) {
            var created = bss.post("/users", ApiClient.user("{}"));
            if (created.status() == 201) {
                users.put(created.id(), 1);
                acknowledge(created.id(), 1, "user.created");
            }
        } else if (random.nextInt(4) == 0) {
            int version = users.remove(user);
            if (bss.delete("/users/" + user).status() == 204) {
                acknowledge(user, version, "user.deleted");
            }
        } else {
            var patched = bss.patchUser(user, "'name':'" + random.nextLong() + "'");
            if (patched.status() == 200) {
                users.put(user, patched.at("/data/meta/version").asInt());
                acknowledge(user, users.get(user), "user.updated");
            } else {
                // Its version is not known any more.
                users.remove(user);
            }
        }
    }

    private void acknowledge(String user, int version, String kind) {
        acknowledged.add(user + " " + version + " " + kind);
    }

    private static Set<String> changesOf(WebhookReceiver receiver) {
        return changes(receiver.received().stream()
                .map(message -> message.json().get("data"))
                .toList());
    }

    private void kill(WebhookReceiver receiver, Random random) {
        try {
            for (int number = 0; number < KILLS; number++) {
                int before = acknowledged.size();
                await().atMost(PATIENCE).until(() -> acknowledged.size() > before + 20);
                assertThat(server.process().waitFor(random.nextInt(200), TimeUnit.MILLISECONDS))
                        .isFalse();
                if (number % 3 == 2) {
                    receiver.restart();
                } else if (number % 3 == 0) {
                    server.process().destroyForcibly().onExit().join();
                    server = start(folder.resolve("data"));
                } else {
                    server.postmaster().orElseThrow().destroyForcibly();
                    server = KilledImports.recovered(server);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
        }
    }

    private void read(FeedReader reader, List<JsonNode> events) {
        for (int page = 0; page < MOST_CHANGES && !over; page++) {
            try {
                var response = reader.page(server.bss());
                assertThat(response.status()).as(response.text()).isIn(200, 503);
                add(response, events);
            } catch (UncheckedIOException killed) {
                // It goes on with the cursor that it has.
            }
        }
    }

    private static void add(Response page, List<JsonNode> events) {
        if (page.status() == 200) {
            page.at("/data").forEach(events::add);
        }
    }

    private static Set<String> changes(List<JsonNode> events) {
        var changes = new HashSet<String>();
        events.forEach(event -> changes.add(event.at("/attributes/user_id").asString() + " "
                + event.at("/attributes/version").asInt() + " " + FeedReader.kind(event)));
        return changes;
    }

    private static void assertInOrder(List<JsonNode> events) {
        var versions = new HashMap<String, Integer>();
        var seen = new HashSet<String>();
        for (var event : events) {
            if (seen.add(event.at("/id").asString())) {
                var user = event.at("/attributes/user_id").asString();
                int version = event.at("/attributes/version").asInt();
                int before = versions.getOrDefault(user, 0);
                assertThat(version).isBetween(before, before + 1);
                versions.put(user, version);
            }
        }
    }
}
