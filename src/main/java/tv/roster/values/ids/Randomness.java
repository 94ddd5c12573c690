package tv.roster.values.ids;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// Secure random numbers for code on requests' threads.
///
/// On Linux, all generators created by `new SecureRandom()` share one lock, which event loops acquire when they log
/// in to PostgreSQL or use TLS. A loop that waits for this lock behind a virtual thread that only the loop can run
/// hangs permanently. A generator of another kind does not share that lock.
public final class Randomness {
    private Randomness() {}

    /// Creates a generator and seeds it.
    public static SecureRandom generator() {
        try {
            var random = SecureRandom.getInstance("DRBG");
            random.nextLong();
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no DRBG", e);
        }
    }
}
