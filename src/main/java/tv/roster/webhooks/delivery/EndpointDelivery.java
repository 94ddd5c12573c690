package tv.roster.webhooks.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.events.feed.FeedEvent;
import tv.roster.platform.outgoing.Line;
import tv.roster.platform.outgoing.Message;
import tv.roster.platform.outgoing.Outcome;
import tv.roster.platform.problems.Refusal;
import tv.roster.webhooks.addresses.WebhookUrl;

/// Delivers events to one endpoint, for as long as this node has it, on a thread of its own that waits for no request.
///
/// What has been delivered is stored some times a second, for many deliveries together: after a crash, the last of them
/// are made again.
final class EndpointDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointDelivery.class);

    private static final long STORE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /// In case that somebody does not notice what is new.
    private static final long LOOK_ANYWAY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Assigned endpoint;
    private final DeliveryMeans means;
    private final FailingLane lane;
    private final WebhookFigures figures;
    private final Pace pace = new Pace();
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean news = new AtomicBoolean(true);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean finished;
    private volatile State state = State.NONE;
    private long lookedAt = System.nanoTime();
    private long reported = System.nanoTime() - STORE_NANOS;
    private @Nullable String disabling;

    /// What others may know of the delivery. Times are in epoch milliseconds.
    record State(
            int underWay,
            int failures,
            int waiting,
            long parked,
            @Nullable Long oldest) {
        static final State NONE = new State(0, 0, 0, 0, null);

        boolean isFailing() {
            return failures >= Pace.FAILING;
        }
    }

    /// A request under way.
    ///
    /// @param slot    of an event that is delivered in its turn
    /// @param user    who waits, for an event that is tried again
    /// @param inLane  whether it has a place of the lane
    private record Job(
            FeedEvent event,
            Scan.@Nullable Slot slot,
            @Nullable WaitingUser user,
            boolean inLane,
            long time) {}

    private record Done(Job job, Outcome outcome) {}

    EndpointDelivery(Assigned endpoint, DeliveryMeans means, FailingLane lane, WebhookFigures figures, Runnable ended) {
        this.endpoint = endpoint;
        this.means = means;
        this.lane = lane;
        this.figures = figures;
        this.thread = Thread.ofVirtual().name("webhook-" + endpoint.key().id()).unstarted(() -> run(ended));
    }

    EndpointDelivery start() {
        thread.start();
        return this;
    }

    int generation() {
        return endpoint.generation();
    }

    State state() {
        return state;
    }

    /// Sends nothing more, and stores what has been delivered.
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    boolean isFinished() {
        return finished;
    }

    private void run(Runnable ended) {
        try (var _ = means.watch().register(endpoint.key().tenant(), this::hasNews);
                var line =
                        means.requests().line(WebhookUrl.parse(endpoint.url()).destination())) {
            deliver(line);
            finished = true;
            ended.run();
        } catch (RuntimeException e) {
            // Begins again when the node looks at its endpoints the next time.
            LOG.error(
                    "The delivery to webhook endpoint {} ended", endpoint.key().id(), e);
        } finally {
            finished = true;
        }
    }

    private void hasNews() {
        news.set(true);
        LockSupport.unpark(thread);
    }

    private void deliver(Line line) {
        var progress = patiently(() -> new Progress(endpoint, means));
        var sending = new Signing(endpoint, means);
        if (progress == null) {
            return;
        }
        if (!sending.hasSecret()) {
            progress.disable("Its secret cannot be read, since a secret of the installation was removed; rotate it.");
            return;
        }
        pace.knows(progress.failures());
        while (!stopping && disabling == null && !progress.isLost()) {
            try {
                settle(progress);
                fill(progress, sending, line);
                progress.storeIfDue(STORE_NANOS);
                report(progress);
                park(progress);
                line.closeIdle();
            } catch (Refusal away) {
                // The database is away, which is logged once for everything that needs it.
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        finish(progress);
    }

    private <T> @Nullable T patiently(Supplier<T> read) {
        while (!stopping) {
            try {
                return read.get();
            } catch (Refusal away) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        return null;
    }

    private void park(Progress progress) {
        if (!done.isEmpty() || stopping) {
            return;
        }
        if (System.nanoTime() - lookedAt > LOOK_ANYWAY_NANOS) {
            lookedAt = System.nanoTime();
            news.set(true);
            return;
        }
        long nanos = progress.isStored() ? IDLE_NANOS : STORE_NANOS;
        LockSupport.parkNanos(this, progress.hasWaiting() || pace.failures() > 0 ? Math.min(nanos, LOOK_NANOS) : nanos);
    }

    private void report(Progress progress) {
        if (System.nanoTime() - reported < STORE_NANOS) {
            return;
        }
        reported = System.nanoTime();
        state = new State(pace.underWay(), pace.failures(), progress.waiting(), progress.parked(), progress.oldest());
    }

    private void fill(Progress progress, Signing sending, Line line) {
        if (!means.holdsLease()) {
            return;
        }
        boolean more = true;
        while (more && pace.hasRoom() && !stopping) {
            boolean inLane = pace.isFailing();
            if (inLane && !lane.tryEnter()) {
                return;
            }
            more = false;
            try {
                more = sendNext(progress, sending, line, inLane);
            } finally {
                if (!more && inLane) {
                    lane.leave();
                }
            }
        }
    }

    /// Returns false if there is nothing to send.
    private boolean sendNext(Progress progress, Signing sending, Line line, boolean inLane) {
        var job = next(progress, inLane);
        if (job == null) {
            return false;
        }
        send(job, sending.message(job.event()), line);
        return true;
    }

    private @Nullable Job next(Progress progress, boolean inLane) {
        long now = means.now();
        if (pace.hasRoomForWaiting(progress.waitingUnderWay()) || !progress.hasNext()) {
            var user = progress.nextWaiting(now);
            if (user != null) {
                return new Job(user.loaded().element(), null, user, inLane, now);
            }
        }
        if (pace.isDown() && progress.hasWaiting()) {
            progress.rewind(pace.isIdle());
            return null;
        }
        var slot = progress.next(news, pace.window());
        return slot == null ? null : new Job(slot.event(), slot, null, inLane, now);
    }

    private void send(Job job, Message message, Line line) {
        pace.begins();
        var _ = line.post(message).whenComplete((outcome, failure) -> {
            if (job.inLane()) {
                lane.leave();
            }
            done.add(new Done(job, outcome));
            LockSupport.unpark(thread);
        });
    }

    private void settle(Progress progress) {
        for (var one = done.poll(); one != null; one = done.poll()) {
            pace.ends();
            settle(progress, one.job(), one.outcome());
        }
    }

    private void settle(Progress progress, Job job, Outcome outcome) {
        figures.attempt(outcome.succeeded());
        progress.log(job.event(), outcome, job.time());
        if (outcome.succeeded()) {
            if (pace.isFailing()) {
                progress.allBecomeDue();
            }
            pace.succeeded();
            progress.delivered(job.event(), job.slot(), job.user());
            return;
        }
        pace.failed();
        if (progress.failed(job.event(), job.slot(), job.user(), outcome)) {
            figures.givenUp();
            LOG.warn(
                    "Event {} is given up after three days; webhook endpoint {} goes on without it",
                    job.event().id(),
                    endpoint.key().id());
        }
        if (outcome.isGone()) {
            disabling = "The server returned 410 Gone.";
        } else if (progress.isHopeless()) {
            disabling = "No delivery has succeeded for three days.";
        }
    }

    /// Waits a little for the requests that are under way.
    private void finish(Progress progress) {
        long end = System.nanoTime() + END_NANOS;
        while (!pace.isIdle() && System.nanoTime() < end) {
            if (done.isEmpty()) {
                LockSupport.parkNanos(this, end - System.nanoTime());
            }
            settle(progress);
        }
        try {
            progress.store();
            if (disabling != null && progress.disable(disabling)) {
                figures.disabled();
                LOG.warn("Webhook endpoint {} is disabled: {}", endpoint.key().id(), disabling);
            }
        } catch (Refusal away) {
            LOG.debug(
                    "What was delivered last to {} will be delivered again",
                    endpoint.key().id());
        }
        state = State.NONE;
    }
}
