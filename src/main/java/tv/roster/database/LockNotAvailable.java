package tv.roster.database;

/// Another transaction held a row longer than this one may wait for it.
public final class LockNotAvailable extends RuntimeException {
    LockNotAvailable() {
        super("lock not available", null, false, false);
    }
}
