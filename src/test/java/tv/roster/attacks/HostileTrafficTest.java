package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.attacks.HostileTraffic.Attack;
import tv.roster.attacks.HostileTraffic.Target;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Program;
import tv.roster.testing.RawHttp;
import tv.roster.testing.RawHttp.RawAnswer;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Thousands of hostile requests of all kinds: each is answered, none by a failure of the server, which neither
/// grows nor fills its log, and then serves a good client as before.
///
/// `-Dhostile.requests=100000` sends more of them, `-Dhostile.seed=…` others.
class HostileTrafficTest {
    private static final Logger LOG = LoggerFactory.getLogger(HostileTrafficTest.class);
    private static final long SEED = Long.getLong("hostile.seed", 20_261_126);
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 5_000);
    private static final int SENDERS = 4;
    private static final long MOST_RESIDENT_KIB = 400 << 10;
    private static final long MOST_GROWTH_KIB = 32 << 10;
    private static final long MOST_HEAP_GROWTH = 8 << 20;
    private static final int MOST_LINES = 20;
    private static final Pattern HEAP =
            Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\",id=\"[^\"]+\"} ([0-9.E]+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern CURSOR = Pattern.compile("page(?:\\[|%5B)after(?:]|%5D)=([^&]*)");

    @TempDir
    Path folder;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();

    @Test
    void everyHostileRequestIsAnsweredAndTheServerStaysAsItWas() throws IOException {
        var settings = Map.of(
                "ROSTER_FAILED_AUTHENTICATIONS",
                "off",
                "ROSTER_DATABASE_URL",
                TestPostgres.url(TestPostgres.newMigratedDatabase()));
        try (var server = ServerAlone.start(
                folder.resolve("data"),
                settings,
                "-Xmx144m",
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:SurvivorRatio=4",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+UseCompactObjectHeaders")) {
            var bss = server.bss();
            var target = target(bss);
            send(server, target, SEED - 1, Math.min(REQUESTS / 2, 20_000));
            statuses.clear();
            long heap = heap(server);
            long resident = resident(server);
            int lines = log().size();

            send(server, target, SEED, REQUESTS);

            long heapGrowth = heap(server) - heap;
            long growth = resident(server) - resident;
            LOG.info(
                    "{} hostile requests: answers {}, heap {} KiB and {} more, resident {} KiB and {} more",
                    REQUESTS,
                    statuses,
                    heap >> 10,
                    heapGrowth >> 10,
                    resident,
                    growth);
            assertThat(faults).isEmpty();
            assertThat(statuses).containsKeys(200, 201, 400, 401, 404, 405, 413, 415, 422);
            assertThat(heapGrowth).isLessThan(MOST_HEAP_GROWTH);
            assertThat(growth).isLessThan(MOST_GROWTH_KIB);
            assertThat(resident(server)).isLessThan(MOST_RESIDENT_KIB);
            assertThat(log().size() - lines).isLessThan(MOST_LINES);
            assertThat(bss.get("/users/" + target.user()).status()).isEqualTo(200);
            assertThat(bss.createUser("").status()).isEqualTo(201);
        }
    }

    private static Target target(ApiClient bss) {
        var user = bss.createUser("'name':'Anna'");
        bss.createUser("'name':'Bertil'");
        var cursor = CURSOR.matcher(bss.get("/users?page%5Bsize%5D=1").textAt("/links/next"));
        assertThat(cursor.find()).isTrue();
        var profile = user.textAt("/data/relationships/default_user_profile/data/id");
        return new Target(bss.key(), user.id(), profile, cursor.group(1), "demo");
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(ServerAlone.log(folder.resolve("data")));
    }

    private void send(ServerAlone server, Target target, long seed, int requests) {
        Together.run(SENDERS, sender -> {
            var traffic = new HostileTraffic(seed + sender * 1_000L, target);
            for (int number = 0; number < requests / SENDERS; number++) {
                var attack = traffic.next();
                // An address each, or the long form runs out of ports.
                try (var connection = new RawHttp(server.port(), "127.0.2." + (sender + 1))) {
                    connection.send(attack.bytes());
                    if (attack.answers() == 0) {
                        connection.reset();
                    } else {
                        read(connection.endOutput(), attack);
                    }
                } catch (RuntimeException | AssertionError broken) {
                    faults.add("seed " + seed + ", sender " + sender + ", number " + number + ", " + attack.shown()
                            + "\n" + broken);
                }
            }
            return sender;
        });
    }

    /// Reads what is answered until the server closes: it was told that nothing more comes.
    private void read(RawHttp connection, Attack attack) {
        for (int at = 0; at < attack.answers(); at++) {
            if (at > 0 && connection.isClosedByServer()) {
                return;
            }
            check(connection.read());
        }
    }

    private void check(RawAnswer answer) {
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.status() == 503) {
            assertThat(ContractForm.code(answer)).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isNotBlank();
        } else {
            assertThat(answer.status()).as(answer.text()).isLessThan(500);
        }
    }

    /// Bytes of it that are in use after a full collection.
    private static long heap(ServerAlone server) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var pid = String.valueOf(server.process().pid());
        assertThat(Program.run(Path.of("."), Map.of(), List.of(jcmd, pid, "GC.run"))
                        .status())
                .isZero();
        var metrics = new ApiClient("http://127.0.0.1:" + server.healthPort(), null)
                .get("/metrics")
                .text();
        return HEAP.matcher(metrics)
                .results()
                .mapToLong(used -> (long) Double.parseDouble(used.group(1)))
                .sum();
    }

    private static long resident(ServerAlone server) throws IOException {
        var status = Path.of("/proc", Long.toString(server.process().pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        var resident = RESIDENT.matcher(Files.readString(status));
        assertThat(resident.find()).isTrue();
        return Long.parseLong(resident.group(1));
    }
}
