package tv.roster.http;

import java.util.concurrent.atomic.AtomicInteger;

/// How many requests of a kind are served at a time, of all clients and of one address.
final class Places {
    private final int all;
    private final Addresses addresses;
    private final AtomicInteger taken = new AtomicInteger();

    Places(int all, int each) {
        this.all = all;
        this.addresses = new Addresses(each);
    }

    /// False if none is free for a client at this slot of [Addresses]. Who takes one gives it back.
    boolean take(int slot) {
        if (taken.incrementAndGet() > all) {
            taken.decrementAndGet();
            return false;
        }
        if (!addresses.add(slot)) {
            giveBack(slot);
            return false;
        }
        return true;
    }

    void giveBack(int slot) {
        taken.decrementAndGet();
        addresses.remove(slot);
    }

    boolean isFull() {
        return taken.get() >= all;
    }
}
