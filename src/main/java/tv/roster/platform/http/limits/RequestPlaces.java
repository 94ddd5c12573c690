package tv.roster.platform.http.limits;

import java.util.concurrent.atomic.AtomicInteger;

/// How many requests of a kind are served at a time: of all clients, and of one party, which is a client's address or
/// the owner of a call, such as a tenant.
///
/// A party may have three times as many places as are free. So one alone has three quarters of them, and the more
/// parties want all, the less each gets of what is given back: two have three sevenths each in the end.
public final class RequestPlaces {
    private static final long TIMES_FREE = 3;

    private final int all;
    private final int each;
    private final AtomicInteger taken = new AtomicInteger();
    private final Slots parties = new Slots();

    public RequestPlaces(int all, int each) {
        this.all = all;
        this.each = each;
    }

    boolean areFull() {
        return taken.get() >= all;
    }

    /// Whether all are free.
    public boolean areFree() {
        return taken.get() == 0;
    }

    private boolean take() {
        if (taken.incrementAndGet() > all) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    /// A party's first place needs no more than to be free.
    private boolean assign(int party) {
        int had = parties.add(party, 1);
        if (had <= 1 || had <= Math.min(each, TIMES_FREE * (all - taken.get()))) {
            return true;
        }
        parties.add(party, -1);
        return false;
    }

    private void giveBack() {
        taken.decrementAndGet();
    }

    /// One request's place, or the wish for one. Used by one thread at a time.
    public static final class Place {
        private final RequestPlaces places;
        private boolean taken;
        private boolean assigned;
        private int party;

        public Place(RequestPlaces places) {
            this.places = places;
        }

        public boolean isThere() {
            return !places.areFull();
        }

        /// Takes one for a party that is not known yet; false if none is free.
        public boolean take() {
            taken = taken || places.take();
            return taken;
        }

        /// Takes one for this party ([Slots]), unless that was done already; false if it may have no more.
        public boolean takeFor(int whom) {
            if (assigned) {
                return true;
            }
            if (take() && places.assign(whom)) {
                assigned = true;
                party = whom;
                return true;
            }
            giveBack();
            return false;
        }

        /// Gives back what was taken of it.
        public void giveBack() {
            if (assigned) {
                assigned = false;
                places.parties.add(party, -1);
            }
            if (taken) {
                taken = false;
                places.giveBack();
            }
        }
    }
}
