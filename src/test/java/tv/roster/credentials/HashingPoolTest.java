package tv.roster.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.InvalidValue;
import tv.roster.jsonapi.Refusal;

@Timeout(60)
class HashingPoolTest {
    private static final Duration FOREVER = Duration.ofMinutes(5);

    @Test
    void onlySoManyWorkAtOnceWhileTheOthersWait() throws Exception {
        int atOnce = 3;
        AtomicInteger working = new AtomicInteger();
        AtomicInteger mostWorking = new AtomicInteger();
        // Work goes on only when three are at it, so that fewer at once would never end.
        CyclicBarrier allThree = new CyclicBarrier(atOnce);
        try (HashingPool pool = new HashingPool(new HashingLimits(atOnce, 60, FOREVER), 8);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                answers.add(callers.submit(() -> pool.run(memory -> {
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
                    () -> assertThatThrownBy(() -> pool.run(memory -> 1))
                            .isInstanceOfSatisfying(Refusal.class, HashingPoolTest::isUnavailable));
            assertThat(pool.<Integer>run(memory -> 2)).isEqualTo(2);
        }
    }

    @Test
    void whoWaitsTooLongIsRefused() throws Exception {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 1, Duration.ofMillis(1)), 8)) {
            for (int i = 0; i < 3; i++) {
                whileBusy(
                        pool,
                        () -> assertThatThrownBy(() -> pool.run(memory -> 1))
                                .isInstanceOfSatisfying(Refusal.class, HashingPoolTest::isUnavailable));
            }
        }
    }

    @Test
    void aClosedPoolRefuses() {
        HashingPool pool = new HashingPool(new HashingLimits(1, 1, FOREVER), 8);
        pool.close();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pool.run(memory -> 1))
                    .isInstanceOfSatisfying(Refusal.class, HashingPoolTest::isUnavailable);
        }
    }

    @Test
    void failuresReachTheCallerAndTakeNoPlace() {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 0, FOREVER), 8)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> pool.run(memory -> {
                            throw new IllegalStateException("broken");
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("broken");
            }
            assertThat(pool.<Integer>run(memory -> 2)).isEqualTo(2);
        }
    }

    @Test
    void anInterruptedCallerLeavesThePoolWhole() {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 0, FOREVER), 8)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.run(memory -> 1)).isInstanceOf(Refusal.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(pool.<Integer>run(memory -> 2)).isEqualTo(2);
        }
    }

    @Test
    void theMemoryIsUsedAgainOnThreadsOfThePool() {
        try (HashingPool pool = new HashingPool(new HashingLimits(1, 0, FOREVER), 8)) {
            Object first = pool.run(memory -> memory);
            assertThat(pool.<Object>run(memory -> memory)).isSameAs(first);
            Thread worker = pool.run(memory -> Thread.currentThread());
            assertThat(worker.isVirtual()).isFalse();
            assertThat(worker.getName()).startsWith("password-hash-");
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
            Future<Boolean> busy = callers.submit(() -> pool.run(memory -> {
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
