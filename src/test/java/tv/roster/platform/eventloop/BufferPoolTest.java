package tv.roster.platform.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;

/// A loop that shares the arena of another, or of the threads that it carries, has to wait for its lock.
class BufferPoolTest {
    private static final int CALLERS = 16;
    private static final int CALLS = 40;

    @Test
    void eachLoopHasAnArenaOfItsOwnWhateverItServes() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var bss = server.newTenant();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, CALLERS).forEach(caller -> callers.execute(() -> call(bss)));
            }
            var pool = (PooledByteBufAllocator) server.loops().buffers();
            assertThat(threads(pool))
                    .isNotEmpty()
                    .allMatch(threads -> threads <= 1)
                    .contains(1);
        }
    }

    private static void call(ApiClient bss) {
        for (int call = 0; call < CALLS; call++) {
            var user = bss.createUser("'name':'" + "n".repeat(200) + "'").id();
            bss.get("/users/" + user);
            bss.get("/users?page[size]=1000");
        }
    }

    private static List<Integer> threads(PooledByteBufAllocator pool) {
        return pool.metric().directArenas().stream()
                .map(PoolArenaMetric::numThreadCaches)
                .toList();
    }
}
