package tv.roster.allocations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.roster.access.KeySteps;
import tv.roster.users.UserSteps;

/// Keeps the hot steps from allocating much more than they do. Bytes, not time: they do not depend on the machine.
/// The bounds are about twice what was measured; whoever has to raise one should know why.
class AllocationTest {
    private static final int WARM_UP = 2_000;
    private static final int REPEATS = 1_000;

    private static Object last;

    static Stream<Arguments> steps() {
        var users = new UserSteps();
        var keys = new KeySteps();
        return Stream.of(
                step("writing a user", users::writeUser, 7_000),
                step("writing a page of 50 users", users::writePage, 25_000),
                step("reading a POST", users::readCreate, 27_000),
                step("reading a PATCH", users::readPatch, 21_000),
                step("sealing a cursor", users::sealCursor, 2_500),
                step("opening a cursor", users::openCursor, 3_000),
                step("checking a key", keys::checkKey, 1_700));
    }

    private static Arguments step(String name, Supplier<Object> step, int mostBytes) {
        return arguments(named(name, step), mostBytes);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepAllocatesNoMoreThanItsBound(Supplier<Object> step, int mostBytes) {
        run(step, WARM_UP);
        long bytes = run(step, REPEATS) / REPEATS;

        assertThat(bytes).as("bytes allocated by one step").isLessThanOrEqualTo(mostBytes);
        assertThat(last).isNotNull();
    }

    /// Bytes that this thread allocates meanwhile; others do not count.
    private static long run(Supplier<Object> step, int times) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            last = step.get();
        }
        return thread.getCurrentThreadAllocatedBytes() - before;
    }
}
