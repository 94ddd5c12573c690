package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tv.roster.TestServer;
import tv.roster.testing.RawHttp;

/// No request computes for long on an event loop, whatever is in it. What counts is the CPU of the loops' threads,
/// not the time that passes; the dearest took 50 ms.
@Isolated("it measures what the event loops compute, and nothing else may run on them")
class HostileWorkTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TRIES = 3;
    private static final long CHEAP = 50_000_000;
    private static final long MOST = 200_000_000;

    private static List<Thread> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
                .toList();
    }

    private static long cpu(List<Thread> loops) {
        return loops.stream()
                .mapToLong(loop -> Math.max(0, THREADS.getThreadCpuTime(loop.threadId())))
                .sum();
    }

    private static int send(int port, byte[] request) {
        try (var connection = new RawHttp(port)) {
            return connection.send(request).read().status();
        }
    }

    /// The least of some tries, in nanoseconds: the first one of its kind loads classes.
    private static long cost(int port, List<Thread> loops, String name, byte[] request) {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES && least > CHEAP; attempt++) {
            long before = cpu(loops);
            assertThat(send(port, request)).as(name).isLessThan(500);
            least = Math.min(least, cpu(loops) - before);
        }
        return least;
    }

    @Test
    void noRequestComputesForLong() {
        var settings = Map.of(
                "ROSTER_TRUSTED_PROXIES", "127.0.0.1",
                "ROSTER_ARGON2_MEMORY_KIB", "64",
                "ROSTER_ARGON2_ITERATIONS", "1");
        try (var server = new TestServer(settings, InstantSource.system())) {
            var bss = server.newKey(server.addTenant("GOLD"), "users:read", "users:write", "credentials:verify");
            var user = bss.createUser("'name':'Anna'").id();
            var port = URI.create(server.url()).getPort();
            var loops = loops();
            var tooDear = new TreeMap<String, Long>();
            new HostileWork(bss.key(), user).requests().forEach((name, request) -> {
                long cost = cost(port, loops, name, request);
                if (cost > MOST) {
                    tooDear.put(name, cost);
                }
            });
            assertThat(tooDear).isEmpty();
        }
    }
}
