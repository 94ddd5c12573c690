package tv.roster.webhooks.delivery;

import java.util.concurrent.Semaphore;

/// The attempts that a node makes at the same time at endpoints that fail, however many of these there are.
final class FailingLane {
    private static final int PLACES = 64;

    private final Semaphore places = new Semaphore(PLACES);

    boolean tryEnter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }
}
