package tv.roster.platform.database;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The jobs that wait for a place of a [SessionPool]. Owners take turns, so that many jobs of one do not delay a
/// few of another; the jobs of one owner keep their order.
final class WaitingLine {
    private final Map<Optional<UUID>, ArrayDeque<Job>> jobs = new LinkedHashMap<>();
    private final int mostOfOne;
    private final LaneFigures figures;

    /// @param mostOfOne the maximum number of waiting jobs of one owner
    /// @param figures   counts the waiting jobs
    WaitingLine(int mostOfOne, LaneFigures figures) {
        this.mostOfOne = mostOfOne;
        this.figures = figures;
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    /// Returns false if too many jobs of this owner wait already.
    boolean add(Job job) {
        var own = jobs.computeIfAbsent(Optional.ofNullable(job.owner()), owner -> new ArrayDeque<>());
        if (own.size() >= mostOfOne) {
            return false;
        }
        figures.beginsToWait();
        return own.add(job);
    }

    /// Removes the next job that may run.
    @Nullable
    Job next(Predicate<Job> mayRun) {
        for (var entries = jobs.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            var own = entry.getValue();
            if (mayRun.test(own.getFirst())) {
                var job = own.removeFirst();
                figures.waitsNoMore();
                entries.remove();
                if (!own.isEmpty()) {
                    // At the end, so that other owners are next.
                    jobs.put(entry.getKey(), own);
                }
                return job;
            }
        }
        return null;
    }

    /// Removes the jobs that began to wait before this time.
    void removeOlderThan(long nanoTime, Consumer<Job> removed) {
        jobs.values().removeIf(own -> {
            while (!own.isEmpty() && own.getFirst().since() - nanoTime < 0) {
                figures.waitsNoMore();
                removed.accept(own.removeFirst());
            }
            return own.isEmpty();
        });
    }

    /// Removes all jobs.
    void clear(Consumer<Job> removed) {
        var all = jobs.values().stream().flatMap(ArrayDeque::stream).toList();
        jobs.clear();
        all.forEach(job -> {
            figures.waitsNoMore();
            removed.accept(job);
        });
    }
}
