package tv.roster.platform.background;

import java.time.Duration;
import java.time.Instant;

/// How a node processes the rows of a queue that all nodes share.
///
/// @param lease       how long a node holds a row; if the node dies, another one takes the row afterwards. Longer
///                    than an attempt can take
/// @param firstWait   the wait after the first failure; it doubles with each further one
/// @param longestWait the longest wait
/// @param patience    the time after its creation at which a row is given up
public record RetryPolicy(Duration lease, Duration firstWait, Duration longestWait, Duration patience) {
    private static final int MOST_DOUBLINGS = 20;

    /// When the lease of a row taken now ends.
    public Instant leaseEnd(Instant now) {
        return now.plus(lease);
    }

    /// The wait after this many attempts have failed.
    public Duration waitAfter(int attempts) {
        var wait = firstWait.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }

    /// When a row created at this time is given up.
    public Instant giveUp(Instant created) {
        return created.plus(patience);
    }
}
