package tv.roster.platform.database.session;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tv.roster.platform.database.session.DatabaseAddress.SslMode;

/// Whether to connect with TLS or without, according to libpq's `sslmode`. If both are allowed, the way that worked
/// is remembered for a while, so that a server without TLS is not asked for it on every connection.
final class TlsMemory {
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final List<Boolean> SECURE_FIRST = List.of(true, false);
    private static final List<Boolean> PLAIN_FIRST = List.of(false, true);

    private final SslMode mode;
    private final LongSupplier clock;
    private volatile Worked worked;

    private record Worked(boolean secure, long until) {}

    TlsMemory(SslMode mode, LongSupplier clock) {
        this.mode = mode;
        this.clock = clock;
        this.worked = new Worked(mode == SslMode.PREFER, clock.getAsLong());
    }

    /// Whether to use TLS, in the order of the attempts.
    List<Boolean> ways() {
        return switch (mode) {
            case DISABLE -> List.of(false);
            case REQUIRE, VERIFY_CA, VERIFY_FULL -> List.of(true);
            case ALLOW, PREFER -> first() ? SECURE_FIRST : PLAIN_FIRST;
        };
    }

    private boolean first() {
        var known = worked;
        return clock.getAsLong() - known.until < 0 ? known.secure : mode == SslMode.PREFER;
    }

    void worked(boolean secure) {
        if (worked.secure != secure || clock.getAsLong() - worked.until >= 0) {
            worked = new Worked(secure, clock.getAsLong() + KEPT_NANOS);
        }
    }
}
