package tv.roster.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tv.roster.access.KeySteps;
import tv.roster.users.UserSteps;

/// Micro-benchmarks of the hot steps, for `./roster bench --micro`. The steps are in [UserSteps] and [KeySteps],
/// among the tests that limit what they allocate.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotSteps {
    private final UserSteps users = new UserSteps();
    private final KeySteps keys = new KeySteps();

    @Benchmark
    public Object writeUser() {
        return users.writeUser();
    }

    @Benchmark
    public Object writePage() {
        return users.writePage();
    }

    @Benchmark
    public Object readCreate() {
        return users.readCreate();
    }

    @Benchmark
    public Object readPatch() {
        return users.readPatch();
    }

    @Benchmark
    public Object sealCursor() {
        return users.sealCursor();
    }

    @Benchmark
    public Object openCursor() {
        return users.openCursor();
    }

    @Benchmark
    public boolean checkKey() {
        return keys.checkKey();
    }
}
