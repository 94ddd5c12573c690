package tv.roster.credentials.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.TenantId;

@Timeout(60)
class HashingPoolTest {
    private static final Duration FOREVER = Duration.ofMinutes(5);
    private static final TenantId TENANT = new TenantId(new UUID(0, 1));
    private static final TenantId OTHER = new TenantId(new UUID(0, 2));

    @Test
    void onlySoManyWorkAtOnceWhileTheOthersWait() throws Exception {
        int atOnce = 3;
        AtomicInteger working = new AtomicInteger();
        AtomicInteger mostWorking = new AtomicInteger();
        // Work goes on only when three are at it, so that fewer at once would never end.
        CyclicBarrier allThree = new CyclicBarrier(atOnce);
        try (HashingPool pool = new HashingPool(new HashingLimits(atOnce, 80, FOREVER), 8);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                answers.add(callers.submit(() -> pool.run(TENANT, memory -> {
                    mostWorking.accumulateAndGet(working.incrementAndGet(), Math::max);
                    meet(allThree);
                    return working.decrementAndGet();
                })));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }
        assertThat(mostWorking).hasValue(atOnce);
    }

    @Test
    void whoFindsAllPlacesTakenIsRefusedAndMayComeAgain() throws Exception {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 0, FOREVER), 8)) {
            whileBusy(
                    pool,
                    () -> assertThatThrownBy(() -> pool.run(TENANT, memory -> 1))
                            .isInstanceOfSatisfying(Refusal.class, HashingPoolTest::isUnavailable));
            assertThat(pool.<Integer>run(TENANT, memory -> 2)).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsTooLongIsRefused() throws Exception {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 1, Duration.ofMillis(1)), 8)) {
            for (int i = 0; i < 3; i++) {
                whileBusy(
                        pool,
                        () -> assertThatThrownBy(() -> pool.run(TENANT, memory -> 1))
                                .isInstanceOfSatisfying(Refusal.class, HashingPoolTest::isUnavailable));
            }
        }
    }

    @Test
    void aClosedPoolRefuses() {
        HashingPool pool = new HashingPool(new HashingLimits(1, 1, FOREVER), 8);
        pool.close();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pool.run(TENANT, memory -> 1))
                    .isInstanceOfSatisfying(Refusal.class, HashingPoolTest::isUnavailable);
        }
    }

    @Test
    void failuresReachTheCallerAndTakeNoPlace() {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 0, FOREVER), 8)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> pool.run(TENANT, memory -> {
                            throw new IllegalStateException("broken");
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("broken");
            }
            assertThat(pool.<Integer>run(TENANT, memory -> 2)).isEqualTo(2);
        }
    }

    @Test
    void anInterruptedCallerLeavesThePoolWhole() {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 1, FOREVER), 8)) {
            var gone = new CountDownLatch(1);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.run(TENANT, memory -> await(gone))).isInstanceOf(Refusal.class);
            assertThat(Thread.interrupted()).isTrue();
            gone.countDown();
            assertThat(pool.<Integer>run(TENANT, memory -> 2)).isEqualTo(2);
        }
    }

    @Test
    void theMemoryIsUsedAgainOnThreadsOfThePool() {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 0, FOREVER), 8)) {
            Object first = pool.run(TENANT, memory -> memory);
            assertThat(pool.<Object>run(TENANT, memory -> memory)).isSameAs(first);
            Thread worker = pool.run(TENANT, memory -> Thread.currentThread());
            assertThat(worker.isVirtual()).isFalse();
            assertThat(worker.getName()).startsWith("password-hash-");
        }
    }

    @Test
    void tenantsTakeTurns() throws Exception {
        var order = new ConcurrentLinkedQueue<TenantId>();
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 40, FOREVER), 8);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            whileBusy(pool, () -> {
                for (int i = 0; i < 20; i++) {
                    submit(callers, pool, TENANT, order);
                }
                Awaitility.await().until(() -> pool.waiting() == 20);
                submit(callers, pool, OTHER, order);
                Awaitility.await().until(() -> pool.waiting() == 21);
            });
        }
        assertThat(order).hasSize(21);
        assertThat(List.copyOf(order).indexOf(OTHER)).isLessThanOrEqualTo(1);
    }

    private static void submit(ExecutorService callers, HashingPool pool, TenantId tenant, Queue<TenantId> order) {
        var _ = callers.submit(() -> pool.run(tenant, memory -> order.add(tenant)));
    }

    @Test
    void oneTenantLeavesPlacesToWaitToTheOthers() throws Exception {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 4, FOREVER), 8);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var order = new ConcurrentLinkedQueue<TenantId>();
            whileBusy(pool, () -> {
                for (int i = 0; i < 3; i++) {
                    submit(callers, pool, TENANT, order);
                }
                Awaitility.await().until(() -> pool.waiting() == 3);
                assertThatThrownBy(() -> pool.run(TENANT, memory -> 1)).isInstanceOf(Refusal.class);
                submit(callers, pool, OTHER, order);
                Awaitility.await().until(() -> pool.waiting() == 4);
            });
            Awaitility.await().untilAsserted(() -> assertThat(order).hasSize(4).contains(OTHER));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "-1, 1, 1", "1, -1, 1", "1, 1, -1"})
    void limitsThatLeaveNoPlaceAreRefused(int atOnce, int waiting, long seconds) {
        assertThatThrownBy(() -> new HashingLimits(atOnce, waiting, Duration.ofSeconds(seconds)))
                .isInstanceOf(InvalidValue.class);
    }

    private static void whileBusy(HashingPool pool, Executable then) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> busy = callers.submit(() -> pool.run(TENANT, memory -> {
                begun.countDown();
                return await(end);
            }));
            assertThat(await(begun)).isTrue();
            try {
                then.execute();
            } catch (Throwable e) {
                throw new AssertionError(e);
            } finally {
                end.countDown();
            }
            assertThat(busy.get()).isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(50, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void isUnavailable(Refusal refusal) {
        assertThat(refusal.problems().getFirst().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers()).isEqualTo(Map.of("Retry-After", "1"));
    }
}
