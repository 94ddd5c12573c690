package tv.roster.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Does the same thing many times at once, each on a virtual thread, and all from one starting shot.
public final class Together {
    private Together() {}

    /// Begins one thing on a thread of its own. The pool that `CompletableFuture` would use has one thread on a
    /// small machine, which the tests of other classes hold.
    public static <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    /// The results in the order of their numbers, from 0 on.
    public static <T> List<T> run(int times, IntFunction<T> work) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (int number = 0; number < times; number++) {
                int own = number;
                running.add(threads.submit(() -> {
                    start.await();
                    return work.apply(own);
                }));
            }
            start.countDown();
            var results = new ArrayList<T>();
            for (var future : running) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
