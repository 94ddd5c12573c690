package tv.roster.webhooks.delivery;

/// How many requests to an endpoint can be under way. The number begins with one and grows with each success, so that
/// an
/// endpoint that hangs holds one connection. Used by one thread.
final class Pace {
    /// Users to whose events requests can be under way at the same time.
    private static final int MOST_UNDER_WAY = 16;

    /// After so many failures one after the other, an endpoint shares few places with others that fail. Its first
    /// success afterwards makes all that waits due.
    static final int FAILING = 3;

    /// After so many, nothing new is tried.
    private static final int DOWN = 16;

    private int underWay;
    private int window = 1;
    private int failures;

    /// Failures that are known from before.
    void knows(int number) {
        failures = Math.min(number, DOWN);
    }

    boolean hasRoom() {
        return underWay < window;
    }

    /// How many may be under way.
    int window() {
        return window;
    }

    int underWay() {
        return underWay;
    }

    boolean isIdle() {
        return underWay == 0;
    }

    /// How many attempts have failed since the last success.
    int failures() {
        return failures;
    }

    boolean isFailing() {
        return failures >= FAILING;
    }

    boolean isDown() {
        return failures >= DOWN;
    }

    /// Whether one more event can be tried again, of which so many are under way: half of the requests are for those.
    boolean hasRoomForWaiting(int waitingUnderWay) {
        return waitingUnderWay < Math.max(1, window / 2);
    }

    void begins() {
        underWay++;
    }

    void ends() {
        underWay--;
    }

    void succeeded() {
        failures = 0;
        window = Math.min(window + 1, MOST_UNDER_WAY);
    }

    void failed() {
        failures++;
        window = isFailing() ? 1 : Math.max(1, window / 2);
    }
}
