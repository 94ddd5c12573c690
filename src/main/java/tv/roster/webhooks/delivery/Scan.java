package tv.roster.webhooks.delivery;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tv.roster.events.feed.FeedEvent;
import tv.roster.events.feed.FeedPage;
import tv.roster.events.feed.FeedPosition;
import tv.roster.values.ids.UserId;

/// The part of a feed that is being delivered: events in their order, those of one user one after the other.
final class Scan {
    private final Deque<Slot> slots = new ArrayDeque<>();
    private final Map<UserId, Deque<Slot>> pending = new HashMap<>();
    private final PriorityQueue<Slot> ready = new PriorityQueue<>(Comparator.comparingLong(Slot::number));
    private FeedPosition end;
    private long numbers;
    private int unsettled;

    /// An event, and whether nothing more has to be done about it.
    static final class Slot {
        private final long number;
        private final FeedPosition before;
        private final UserId user;
        private @Nullable FeedEvent event;

        private Slot(long number, FeedEvent event, FeedPosition before) {
            this.number = number;
            this.event = event;
            this.user = event.user();
            this.before = before;
        }

        long number() {
            return number;
        }

        FeedEvent event() {
            return Objects.requireNonNull(event);
        }

        /// Keeps no event that is not needed any more: many may be settled while one before them is not.
        private void settle() {
            event = null;
        }

        /// The position before the event.
        FeedPosition before() {
            return before;
        }
    }

    Scan(FeedPosition begin) {
        end = begin;
    }

    /// Up to where the feed has been read.
    FeedPosition end() {
        return end;
    }

    /// Adds what follows, without the events of users who wait.
    void add(FeedPage page, Predicate<UserId> waits) {
        for (var event : page.events()) {
            if (!waits.test(event.user())) {
                add(new Slot(numbers++, event, end));
            }
            end = event.position();
        }
        end = page.end();
    }

    private void add(Slot slot) {
        slots.add(slot);
        unsettled++;
        var ofUser = pending.computeIfAbsent(slot.user, user -> new ArrayDeque<>());
        ofUser.add(slot);
        if (ofUser.size() == 1) {
            ready.add(slot);
        }
    }

    /// The first event of a user none of whose events is being delivered; null if there is none.
    @Nullable
    Slot next() {
        return ready.poll();
    }

    /// Whether there is something for [#next].
    boolean hasNext() {
        return !ready.isEmpty();
    }

    /// The event has been delivered.
    void delivered(Slot slot) {
        slot.settle();
        unsettled--;
        var ofUser = Objects.requireNonNull(pending.get(slot.user));
        ofUser.remove();
        if (ofUser.isEmpty()) {
            pending.remove(slot.user);
        } else {
            ready.add(ofUser.getFirst());
        }
    }

    /// The user of this event waits from now on, with all events that follow.
    void waits(Slot slot) {
        var ofUser = Objects.requireNonNull(pending.remove(slot.user));
        unsettled -= ofUser.size();
        ofUser.forEach(Slot::settle);
    }

    /// How many events are not settled.
    int unsettled() {
        return unsettled;
    }

    /// How many are kept: those that are not settled, and what is settled after them.
    int size() {
        return slots.size();
    }

    /// When the first event happened that is not settled, in epoch milliseconds; null if all are.
    @Nullable
    Long oldest() {
        position();
        return slots.isEmpty()
                ? null
                : slots.getFirst().event().time().toInstant().toEpochMilli();
    }

    /// Up to it, everything is settled.
    FeedPosition position() {
        while (!slots.isEmpty() && slots.getFirst().event == null) {
            slots.removeFirst();
        }
        return slots.isEmpty() ? end : slots.getFirst().before();
    }

    /// Forgets everything that is not settled, so that it will be read again. Nothing may be under way.
    void rewind() {
        end = position();
        slots.clear();
        pending.clear();
        ready.clear();
        unsettled = 0;
    }
}
