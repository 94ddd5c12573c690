package tv.roster.platform.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RepeatedTaskTest {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTaskTest.class);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final LinkedBlockingQueue<Thread> runs = new LinkedBlockingQueue<>();

    private Thread nextRun() throws InterruptedException {
        return runs.poll(30, TimeUnit.SECONDS);
    }

    private RepeatedTask task(Runnable then) {
        return new RepeatedTask(
                "repeated",
                () -> {
                    runs.add(Thread.currentThread());
                    then.run();
                },
                LOG,
                "The task of a test failed");
    }

    @Test
    void aTaskIsRepeatedOnAThreadOfItsOwn() throws InterruptedException {
        try (var task = task(() -> {})) {
            task.every(SHORT);

            assertThat(nextRun()).isNotNull().extracting(Thread::getName).isEqualTo("repeated");
            assertThat(nextRun()).isNotNull().isNotEqualTo(Thread.currentThread());
        }
    }

    @Test
    void neitherAnExceptionNorAnErrorEndsTheSeries() throws InterruptedException {
        var number = new AtomicInteger();
        try (var task = task(() -> {
            if (number.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("thrown by a test");
            }
            throw new StackOverflowError("thrown by a test");
        })) {
            task.every(SHORT);

            for (int i = 0; i < 4; i++) {
                assertThat(nextRun()).isNotNull();
            }
        }
    }

    @Test
    void aRunCanBeRequestedBeforeItsTime() throws InterruptedException {
        try (var task = task(() -> {})) {
            task.every(LONG);
            task.soon();

            assertThat(nextRun()).isNotNull();
        }
    }

    @Test
    void manyRequestsDuringARunAreOneRunMore() throws InterruptedException {
        var mayEnd = new CountDownLatch(1);
        var left = new AtomicInteger();
        try (var task = task(() -> {
            left.incrementAndGet();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            task.soon();
            nextRun();
            for (int request = 0; request < 100; request++) {
                task.soon();
            }
            mayEnd.countDown();
            assertThat(nextRun()).isNotNull();
            task.close(LONG);
            assertThat(left.get()).isEqualTo(2);
        }
    }

    @Test
    void aClosedTaskDoesNotRun() {
        var task = task(() -> {});
        task.close();
        task.soon();

        assertThat(task.isClosed()).isTrue();
        assertThat(runs).isEmpty();
    }

    @Test
    void aRunUnderWayMayEndInTime() throws InterruptedException {
        var done = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var task = task(() -> {
            try {
                mayEnd.await();
                done.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        task.soon();
        nextRun();
        var closing = Thread.ofVirtual().start(() -> task.close(LONG));
        mayEnd.countDown();

        assertThat(closing.join(Duration.ofSeconds(30))).isTrue();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void aRunThatTakesTooLongIsInterrupted() throws InterruptedException {
        var interrupted = new CountDownLatch(1);
        var task = task(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        task.soon();
        nextRun();
        task.close(SHORT);

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
