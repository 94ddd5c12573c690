package tv.roster.webhooks.delivery;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tv.roster.events.feed.FeedEvent;
import tv.roster.events.feed.FeedFilter;
import tv.roster.events.feed.FeedPage;
import tv.roster.events.feed.FeedPosition;
import tv.roster.platform.outgoing.Outcome;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.work.Author;

/// Which events an endpoint gets next, and how far it has come: in memory, and in the database.
final class Progress {
    /// With so many, nothing new is read.
    private static final int MOST_WAITING = 1000;

    /// Events that may be settled after one that is not.
    private static final int MOST_KEPT = 20_000;

    private static final int FEWEST_READ = 32;
    private static final int MOST_READ = 512;
    private static final int READ_OF_USER = 20;

    /// A position is also stored when nothing was delivered, before what is kept begins after it.
    private static final long STALE_SECONDS = TimeUnit.HOURS.toSeconds(1);

    private final Assigned endpoint;
    private final DeliveryMeans means;
    private final Statements statements;
    private final FeedFilter wanted;
    private final WaitingUsers waiting;
    private final Journal journal = new Journal();
    private final Scan scan;
    private FeedPosition stored;
    private @Nullable Long failingSince;
    private boolean more = true;
    private long storedAt = System.nanoTime();
    private boolean lost;

    /// Reads how far it had come.
    Progress(Assigned endpoint, DeliveryMeans means) {
        this.endpoint = endpoint;
        this.means = means;
        this.statements = means.database().of(endpoint.key().tenant().value());
        this.wanted = Replays.filter(endpoint.kinds(), null);
        this.stored =
                FeedPosition.parse(endpoint.key().tenant(), endpoint.position()).orElseGet(means.feed()::beginning);
        this.scan = new Scan(stored);
        this.failingSince = endpoint.failingSince();
        this.waiting = new WaitingUsers(
                ProgressTable.waiting(statements, endpoint.key(), means.feed().beginning()));
    }

    /// How many failures are known since the last success.
    int failures() {
        return failingSince == null ? 0 : waiting.size();
    }

    boolean hasWaiting() {
        return waiting.size() > 0;
    }

    int waiting() {
        return waiting.size();
    }

    int waitingUnderWay() {
        return waiting.underWay();
    }

    long parked() {
        return waiting.parked();
    }

    /// Since when the oldest event waits, in epoch milliseconds; null if none does.
    @Nullable
    Long oldest() {
        var inTurn = scan.oldest();
        var again = waiting.oldest();
        return inTurn == null || (again != null && again < inTurn) ? again : inTurn;
    }

    /// Whether the endpoint is no longer this node's.
    boolean isLost() {
        return lost;
    }

    boolean hasNext() {
        return scan.hasNext();
    }

    /// The next event in its turn; null if there is none now.
    Scan.@Nullable Slot next(AtomicBoolean news, int window) {
        int limit = Math.clamp((long) window * FEWEST_READ, FEWEST_READ, MOST_READ);
        while (!scan.hasNext()
                && scan.unsettled() < limit
                && scan.size() < MOST_KEPT
                && waiting.size() < MOST_WAITING) {
            if (!news.getAndSet(false) && !more) {
                return null;
            }
            // If it fails, it is read again.
            more = true;
            var page = read(scan.end(), wanted, limit);
            scan.add(page, waiting::contains);
            more = page.more();
        }
        return scan.next();
    }

    /// A user with an event that is due; null if there is none. Users with nothing left are forgotten.
    @Nullable
    WaitingUser nextWaiting(long now) {
        for (var user = waiting.due(now); user != null; user = waiting.due(now)) {
            if (hasEvent(user)) {
                waiting.begins(user);
                return user;
            }
            waiting.remove(user);
        }
        return null;
    }

    /// What comes after the events that have been read in their turn is delivered in its turn.
    private boolean hasEvent(WaitingUser user) {
        while (user.loaded().isEmpty() && user.readUntil().compareTo(scan.end()) < 0) {
            user.load(read(user.readUntil(), new FeedFilter(wanted.kinds(), user.user()), READ_OF_USER), scan.end());
        }
        var first = user.loaded().peek();
        return first != null && first.position().compareTo(scan.end()) <= 0;
    }

    private FeedPage read(FeedPosition from, FeedFilter filter, int limit) {
        var tenant = endpoint.key().tenant();
        try {
            return means.feed().read(tenant, from, filter, limit);
        } catch (Refusal refusal) {
            if (refusal.problems().getFirst().code() != ErrorCode.CURSOR_EXPIRED) {
                throw refusal;
            }
            // It was away for longer than events are kept.
            return means.feed().read(tenant, means.feed().beginning(), filter, limit);
        }
    }

    void log(FeedEvent event, Outcome outcome, long time) {
        journal.add(
                new WebhookAttempt(
                        means.lines().ids().next(),
                        event.id(),
                        time,
                        outcome.status(),
                        Math.toIntExact(outcome.milliseconds()),
                        outcome.response(),
                        outcome.detail()),
                outcome.succeeded());
    }

    void delivered(FeedEvent event, Scan.@Nullable Slot slot, @Nullable WaitingUser user) {
        failingSince = null;
        if (slot != null) {
            scan.delivered(slot);
        } else if (user != null) {
            user.delivered(event, means.now());
            waiting.ended(user);
        }
    }

    /// Returns true if the event is given up.
    boolean failed(FeedEvent event, Scan.@Nullable Slot slot, @Nullable WaitingUser user, Outcome outcome) {
        long now = means.now();
        failingSince = failingSince == null ? Long.valueOf(now) : failingSince;
        var waits = user;
        if (waits == null) {
            scan.waits(Objects.requireNonNull(slot));
            waits = new WaitingUser(event.user(), slot.before(), 0, now, now);
            waiting.add(waits);
        } else {
            waiting.ended(waits);
        }
        var clock = means.lines().clock().instant();
        waits.failed(now, now + RetrySchedule.waitAfter(waits.attempts() + 1, outcome.retryAfter(), clock));
        if (now - waits.since() < RetrySchedule.PATIENCE.toMillis() || isHopeless()) {
            return false;
        }
        waits.givesUp(event, now);
        return true;
    }

    /// Whether nothing has succeeded for so long that the endpoint is disabled.
    boolean isHopeless() {
        return failingSince != null && means.now() - failingSince >= RetrySchedule.PATIENCE.toMillis();
    }

    void allBecomeDue() {
        waiting.allBecomeDue(means.now());
    }

    /// Forgets the events that have been read in their turn, if none of them is under way.
    void rewind(boolean idle) {
        if (idle && scan.unsettled() > 0) {
            scan.rewind();
            more = true;
        }
    }

    boolean isStored() {
        var position = scan.position();
        return position.compareTo(stored) == 0
                && position.asOf() - stored.asOf() < STALE_SECONDS
                && waiting.isStored()
                && journal.isStored();
    }

    void storeIfDue(long pauseNanos) {
        if (System.nanoTime() - storedAt >= pauseNanos && !isStored()) {
            store();
        }
    }

    /// Stores everything at once, or nothing if the endpoint is no longer this node's.
    void store() {
        if (lost || isStored()) {
            return;
        }
        var position = scan.position();
        var step = new ProgressTable.Step(position, journal.success(), failingSince, journal.failure());
        var attempts = journal.due();
        boolean trims = journal.isLong() && !attempts.isEmpty();
        var changed = waiting.changed();
        var gone = waiting.gone();
        lost = !statements.inTransaction(transaction -> {
            if (!ProgressTable.advance(transaction, endpoint, means.node(), step)) {
                return false;
            }
            if (!changed.isEmpty()) {
                ProgressTable.wait(transaction, endpoint.key(), changed);
            }
            if (!gone.isEmpty()) {
                ProgressTable.caughtUp(transaction, endpoint.key(), gone);
            }
            if (!attempts.isEmpty()) {
                WebhookAttemptsTable.add(
                        transaction, endpoint.key().tenant(), endpoint.key().id(), attempts);
            }
            if (trims) {
                WebhookAttemptsTable.trim(
                        transaction, endpoint.key().tenant(), endpoint.key().id());
            }
            return true;
        });
        stored = position;
        storedAt = System.nanoTime();
        waiting.stored();
        journal.stored(attempts, trims);
    }

    /// Returns false if the endpoint has been changed meanwhile.
    boolean disable(String reason) {
        return ProgressTable.disable(
                statements, endpoint, means.node(), reason, means.lines().next(Author.SYSTEM));
    }
}
