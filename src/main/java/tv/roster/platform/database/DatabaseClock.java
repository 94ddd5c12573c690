package tv.roster.platform.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.sql.Statements;

/// The database's clock, which all nodes share regardless of their own clocks. It is sampled once a second; in
/// between, and while the database is unavailable, the time advances by this machine's monotonic clock. Reading the
/// time needs no round trip.
public final class DatabaseClock implements InstantSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros";

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long MICROS = 1_000_000;
    private static final double TOLERATED_SECONDS = 1;
    private static final Duration TOLD_EVERY = Duration.ofHours(1);

    private final Statements database;
    private final InstantSource machine;
    private final LongSupplier nanos;
    private final RepeatedTask sampling =
            new RepeatedTask("database-clock", this::sample, LOG, "The database's clock could not be read");
    private volatile ClockReading reading;
    private volatile double ahead;
    private long toldAt;
    private boolean told;

    /// Reads the database's clock for the first time; fails like any statement if the database is unavailable.
    /// `machine` is this machine's own clock, which is only compared with the database's.
    public DatabaseClock(Statements database, InstantSource machine) {
        this(database, machine, System::nanoTime);
    }

    DatabaseClock(Statements database, InstantSource machine, LongSupplier nanos) {
        this.database = database;
        this.machine = machine;
        this.nanos = nanos;
        long sent = nanos.getAsLong();
        long micros = sampled();
        reading = ClockReading.first(micros, sent, nanos.getAsLong());
        compare();
        sampling.every(PAUSE);
    }

    @Override
    public Instant instant() {
        long micros = reading.at(nanos.getAsLong());
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    /// Makes no object, unlike the default.
    @Override
    public long millis() {
        return Math.floorDiv(reading.at(nanos.getAsLong()), MICROS / 1_000);
    }

    /// By how many seconds this machine's own clock is ahead of the database's; negative if it is behind.
    public double ahead() {
        return ahead;
    }

    private long sampled() {
        return database.find(NOW).orElseThrow().getLong("micros");
    }

    /// Takes a sample and compares the clocks.
    void sample() {
        try {
            long sent = nanos.getAsLong();
            long micros = sampled();
            reading = reading.corrected(micros, sent, nanos.getAsLong());
            compare();
        } catch (RuntimeException away) {
            // The failure is reported by calls that need the database; the time continues to advance.
            LOG.debug("The database's clock could not be read", away);
        }
    }

    private void compare() {
        ahead = Duration.between(instant(), machine.instant()).toMillis() / 1_000.0;
        long now = nanos.getAsLong();
        if (Math.abs(ahead) > TOLERATED_SECONDS && (!told || now - toldAt >= TOLD_EVERY.toNanos())) {
            told = true;
            toldAt = now;
            LOG.warn(
                    "This machine's clock is {} s {} that of the database. Roster uses the database's; log lines and"
                            + " certificates use this machine's. Check that both are synchronised (NTP).",
                    "%.1f".formatted(Math.abs(ahead)),
                    ahead > 0 ? "ahead of" : "behind");
        }
    }

    @Override
    public void close() {
        sampling.close();
    }
}
