package tv.roster.webhooks.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import tv.roster.events.feed.FeedEvent;
import tv.roster.events.feed.FeedPage;
import tv.roster.events.feed.FeedPosition;
import tv.roster.values.ids.UserId;

/// A user one of whose events could not be delivered: it is tried again by itself, and then what followed it.
final class WaitingUser {
    /// After so many failures, an event is parked.
    static final int PARKED = 6;

    private final UserId user;
    private final Deque<FeedEvent> loaded = new ArrayDeque<>();
    private FeedPosition after;
    private FeedPosition readUntil;
    private int attempts;
    private long since;
    private long due;
    private boolean underWay;

    /// Times are in epoch milliseconds.
    WaitingUser(UserId user, FeedPosition after, int attempts, long since, long due) {
        this.user = user;
        this.after = after;
        this.readUntil = after;
        this.attempts = attempts;
        this.since = since;
        this.due = due;
    }

    UserId user() {
        return user;
    }

    /// Up to it, everything of this user has been delivered.
    FeedPosition after() {
        return after;
    }

    int attempts() {
        return attempts;
    }

    long since() {
        return since;
    }

    long due() {
        return due;
    }

    boolean isParked() {
        return attempts >= PARKED;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /// Where to read the events that follow those that are loaded.
    FeedPosition readUntil() {
        return readUntil;
    }

    Deque<FeedEvent> loaded() {
        return loaded;
    }

    /// Adds what follows; `end` is readable.
    void load(FeedPage page, FeedPosition end) {
        loaded.addAll(page.events());
        readUntil = page.more() || page.end().compareTo(end) > 0 ? page.end() : end;
    }

    void begins() {
        underWay = true;
    }

    /// What follows the event is next.
    void delivered(FeedEvent event, long now) {
        underWay = false;
        loaded.poll();
        after = event.position();
        attempts = 0;
        since = now;
        due = now;
    }

    void failed(long now, long nextDue) {
        underWay = false;
        since = attempts == 0 ? now : since;
        attempts++;
        due = nextDue;
        // Events may be large, and the next attempt far away.
        forget();
    }

    /// Leaves the event out: what follows it is next.
    void givesUp(FeedEvent event, long now) {
        after = event.position();
        attempts = 0;
        since = now;
        due = now;
        forget();
    }

    private void forget() {
        loaded.clear();
        readUntil = after;
    }

    /// Is tried at once.
    void becomesDue(long now) {
        due = Math.min(due, now);
    }
}
