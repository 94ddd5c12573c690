package tv.roster.ids;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// Secure random numbers for code on requests' threads.
///
/// All generators that `new SecureRandom()` makes on Linux share one lock, and event loops take it when they sign in to
/// PostgreSQL or speak TLS. A loop that waits for it behind a virtual thread that only it can carry hangs for good; a
/// generator of its own kind shares no lock with them.
public final class Randomness {
    private Randomness() {}

    /// A new generator, seeded now.
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
