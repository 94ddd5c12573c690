package tv.roster.credentials.hashing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.TenantId;

/// A few platform threads for work that would block the carriers of virtual threads, and the memory for it.
///
/// The memory serves as the permit: whoever holds a block may work, and then returns it for reuse, so that a hash
/// does not leave 19 MiB of garbage behind.
final class HashingPool implements AutoCloseable {
    /// The memory that Argon2 needs in addition to that of its parameters.
    private static final int WORKING_BLOCKS = 4;

    private final HashingLimits limits;
    private final ExecutorService workers;
    private final Memories memories;
    private final HashingFigures figures = new HashingFigures();

    HashingPool(HashingLimits limits, int memoryKiB) {
        this.limits = limits;
        this.workers = Executors.newFixedThreadPool(
                limits.atOnce(),
                Thread.ofPlatform().daemon().name("password-hash-", 1).factory());
        this.memories = new Memories(
                Stream.generate(() -> new FixedBlockPool(memoryKiB + WORKING_BLOCKS))
                        .limit(limits.atOnce())
                        .toList(),
                limits.waiting());
    }

    /// Does the work on one of the threads while the caller blocks. Tenants take turns.
    ///
    /// @throws Refusal `UNAVAILABLE` if too many are waiting already, the wait is too long, or the pool is closed
    <T> T run(TenantId tenant, Function<BlockPool, T> work) {
        return run(tenant, work, result -> 0);
    }

    /// The same, but does not return before `least` nanoseconds have passed since the work began; `least` is
    /// computed after the work. While waiting for that, the caller holds no thread and no memory.
    <T> T run(TenantId tenant, Function<BlockPool, T> work, ToLongFunction<T> least) {
        try {
            var memory = takeMemory(tenant);
            long begun = System.nanoTime();
            T result = start(work, memory).get();
            TimeUnit.NANOSECONDS.sleep(least.applyAsLong(result) - (System.nanoTime() - begun));
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private BlockPool takeMemory(TenantId tenant) throws InterruptedException {
        long arrived = System.nanoTime();
        figures.arrives();
        BlockPool memory;
        try {
            memory = memories.take(tenant.value(), limits.patience());
        } finally {
            figures.leavesQueue(System.nanoTime() - arrived);
        }
        if (memory == null) {
            figures.rejects();
            throw busy();
        }
        return memory;
    }

    /// The work itself returns the memory, since its caller may have been interrupted.
    private <T> Future<T> start(Function<BlockPool, T> work, BlockPool memory) {
        try {
            return workers.submit(() -> {
                long begun = System.nanoTime();
                figures.begins();
                try {
                    return work.apply(memory);
                } finally {
                    figures.ends(System.nanoTime() - begun);
                    memories.giveBack(memory);
                }
            });
        } catch (RejectedExecutionException closed) {
            memories.giveBack(memory);
            throw busy();
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException cause -> cause;
            case Error cause -> throw cause;
            case null, default -> new IllegalStateException(e);
        };
    }

    private static Refusal busy() {
        return new Refusal(ErrorCode.UNAVAILABLE, "Too many passwords are being hashed at the moment.");
    }

    HashingFigures figures() {
        return figures;
    }

    int waiting() {
        return memories.waiting();
    }

    /// Accepts no more work and waits for the work in progress.
    @Override
    public void close() {
        workers.close();
    }
}
