package tv.roster.credentials.hashing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.jspecify.annotations.Nullable;

/// The blocks of memory in which passwords are hashed, and the queues for them. Each tenant has its own queue, and
/// the queues take turns: a thousand passwords of one tenant do not delay a login of another.
final class Memories {
    /// One tenant must leave this fraction of the places in the queues to the others.
    private static final int SHARE_OF_OTHERS = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<BlockPool> free = new ArrayDeque<>();
    private final LinkedHashMap<UUID, Deque<CompletableFuture<BlockPool>>> lines = new LinkedHashMap<>();
    private final int mostWaiting;
    private int waiting;

    Memories(Collection<? extends BlockPool> pieces, int mostWaiting) {
        free.addAll(pieces);
        this.mostWaiting = mostWaiting;
    }

    /// Waits for a block for this tenant; null if too many are waiting already or the wait takes too long.
    @Nullable
    BlockPool take(UUID tenant, Duration patience) throws InterruptedException {
        var turn = lineUp(tenant);
        if (turn == null) {
            return null;
        }
        try {
            return turn.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return leave(tenant, turn);
        } catch (InterruptedException e) {
            var memory = leave(tenant, turn);
            if (memory != null) {
                giveBack(memory);
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable CompletableFuture<BlockPool> lineUp(UUID tenant) {
        lock.lock();
        try {
            if (!free.isEmpty()) {
                return CompletableFuture.completedFuture(free.pop());
            }
            var line = lines.get(tenant);
            int own = line == null ? 0 : line.size();
            if (waiting >= mostWaiting || own >= mostWaiting - mostWaiting / SHARE_OF_OTHERS) {
                return null;
            }
            var turn = new CompletableFuture<BlockPool>();
            lines.computeIfAbsent(tenant, one -> new ArrayDeque<>()).add(turn);
            waiting++;
            return turn;
        } finally {
            lock.unlock();
        }
    }

    /// Leaves the queue; returns the block that was assigned at the same moment, if there is one.
    @SuppressWarnings("ReferenceEquality") // Turns are compared by identity.
    private @Nullable BlockPool leave(UUID tenant, CompletableFuture<BlockPool> turn) {
        lock.lock();
        try {
            var line = lines.get(tenant);
            if (line == null || !line.removeIf(other -> other == turn)) {
                return turn.join();
            }
            waiting--;
            if (line.isEmpty()) {
                lines.remove(tenant);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// The number of waiting callers.
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /// Gives a block to the first caller of the queue whose turn it is; that queue then goes behind the others.
    void giveBack(BlockPool memory) {
        lock.lock();
        try {
            var first = lines.pollFirstEntry();
            if (first == null) {
                free.push(memory);
                return;
            }
            waiting--;
            var turn = first.getValue().remove();
            if (!first.getValue().isEmpty()) {
                lines.putLast(first.getKey(), first.getValue());
            }
            turn.complete(memory);
        } finally {
            lock.unlock();
        }
    }
}
