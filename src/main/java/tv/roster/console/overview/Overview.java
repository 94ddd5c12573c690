package tv.roster.console.overview;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.TookTooLong;
import tv.roster.values.ids.TenantId;
import tv.roster.webhooks.delivery.Replays;

/// What is counted in the database for the overview: of one tenant, or (null) of all. What takes long is counted once a
/// minute, and only while somebody looks.
public final class Overview {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER = Duration.ofSeconds(15);
    private static final UUID ALL = new UUID(0, 0);

    private final Database database;
    private final Replays replays;
    private final Remembered<Optional<UserStates>> users;
    private final Remembered<OptionalLong> undelivered;
    private final Remembered<Work> work;

    public Overview(Database database, Replays replays, InstantSource clock) {
        this.database = database;
        this.replays = replays;
        users = new Remembered<>(this::countUsers, MINUTE, clock);
        undelivered = new Remembered<>(this::countUndelivered, MINUTE, clock);
        work = new Remembered<>(tenant -> OverviewTable.work(database, tenant), QUARTER, clock);
    }

    /// How many subscribers there are. Those who are suspended are among the others as well.
    public record UserStates(long registered, long unregistered, long suspended) {}

    /// What is done in the background.
    ///
    /// @param mails those that wait, up to 100,000
    public record Work(long mails, long importsRunning, long importsWaiting, Endpoints endpoints) {}

    /// How many webhook endpoints there are; `working` and `failing` are enabled.
    public record Endpoints(long working, long failing, long paused, long disabled) {}

    /// Empty if PostgreSQL takes too long.
    @Nullable
    Reading<Optional<UserStates>> users(@Nullable TenantId tenant) {
        return users.of(tenant);
    }

    @Nullable
    Reading<Work> work(@Nullable TenantId tenant) {
        return work.of(tenant);
    }

    /// How many events wait for the first 50 webhook endpoints, up to 100,000 for each; empty if PostgreSQL takes too
    /// long.
    @Nullable
    Reading<OptionalLong> undelivered(@Nullable TenantId tenant) {
        return undelivered.of(tenant);
    }

    private Optional<UserStates> countUsers(@Nullable TenantId tenant) {
        try {
            return Optional.of(OverviewTable.users(database.lists(tenant == null ? ALL : tenant.value()), tenant));
        } catch (TookTooLong e) {
            return Optional.empty();
        }
    }

    private OptionalLong countUndelivered(@Nullable TenantId tenant) {
        try {
            return OptionalLong.of(OverviewTable.endpoints(database, tenant).stream()
                    .mapToLong(endpoint -> replays.backlog(
                            database, endpoint.tenant(), endpoint.id(), endpoint.position(), endpoint.kinds()))
                    .sum());
        } catch (Refusal e) {
            // Thrown for a statement that takes too long as for a database that is away.
            return OptionalLong.empty();
        }
    }
}
