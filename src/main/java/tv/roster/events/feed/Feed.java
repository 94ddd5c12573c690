package tv.roster.events.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.platform.sql.TookTooLong;
import tv.roster.values.ids.EventId;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// The events of each tenant in an order that does not change: whoever goes on where a page ended misses none.
public final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /// How long a page looks for events that its filter wants, before it ends where it has come to.
    private static final Duration SEARCH = Duration.ofSeconds(1);

    /// Between the time of an event and that of its commit, and between the clocks of two nodes.
    private static final Duration MARGIN = Duration.ofMinutes(10);

    /// Of the states in the events of a page.
    private static final int USUAL_BYTES = 1 << 16;

    private final Database database;
    private final Function<TenantId, Duration> kept;
    private final InstantSource clock;

    /// @param kept how long the events of a tenant are kept
    public Feed(Database database, Function<TenantId, Duration> kept, InstantSource clock) {
        this.database = database;
        this.kept = kept;
        this.clock = clock;
    }

    /// Reads up to `most` events after a position, fewer if they are large: for readers of which there may be many.
    /// With
    /// a filter, the page may also be empty although there are more.
    ///
    /// @throws Refusal `410` `cursor_expired` if events after the position may have been removed
    public FeedPage read(TenantId tenant, FeedPosition from, FeedFilter filter, int most) {
        return read(tenant, from, filter, most, USUAL_BYTES);
    }

    /// The same with a limit for the states in the events, as they are stored.
    FeedPage read(TenantId tenant, FeedPosition from, FeedFilter filter, int most, int mostBytes) {
        long now = clock.instant().getEpochSecond();
        long keptSince = now - kept.apply(tenant).toSeconds();
        var stretch = read(tenant, from, filter, new Limits(most, mostBytes, keptSince));
        return new FeedPage(
                stretch.events(), stretch.more() ? stretch.end() : stretch.end().readUntil(now), stretch.more());
    }

    private record Limits(int most, int mostBytes, long keptSince) {}

    private FeedTable.Stretch read(TenantId tenant, FeedPosition from, FeedFilter filter, Limits limits) {
        var statements = statements(tenant);
        long end = System.nanoTime() + SEARCH.toNanos();
        try {
            var stretch = read(statements, tenant, from, filter, limits);
            if (!stretch.known() && from.asOf() < limits.keptSince) {
                throw new Refusal(
                        ErrorCode.CURSOR_EXPIRED,
                        "Events after this cursor have been removed; they are no longer kept.");
            }
            if (!stretch.known() && isLost(from, limits.keptSince)) {
                LOG.info("A reader of the events of tenant {} has read some that this database lacks", tenant);
                stretch = read(statements, tenant, before(statements, tenant, from), filter, limits);
            }
            while (stretch.events().isEmpty() && stretch.more() && System.nanoTime() < end) {
                stretch = read(statements, tenant, stretch.end(), filter, limits);
            }
            return stretch;
        } catch (TookTooLong e) {
            throw new Refusal(ErrorCode.UNAVAILABLE, "The database is overloaded.");
        }
    }

    private static FeedTable.Stretch read(
            Statements statements, TenantId tenant, FeedPosition from, FeedFilter filter, Limits limits) {
        return FeedTable.read(statements, tenant, from, filter, limits.most, limits.mostBytes);
    }

    /// An event that was read and is not there, although it should be: the database was restored from an older backup,
    /// or is a replica that took over before it had all. The same places are then given to other events.
    private static boolean isLost(FeedPosition from, long keptSince) {
        return from.isOfEvent() && from.order() > 0 && Ids.epochSecond(from.id()) > keptSince;
    }

    /// A position before whatever was written since the event of `lost`.
    private FeedPosition before(Statements statements, TenantId tenant, FeedPosition lost) {
        return since(statements, tenant, Ids.epochSecond(lost.id()) - MARGIN.toSeconds());
    }

    /// How many events are wanted after a position: an exact number if that is among the last 100,000.
    ///
    /// @param behind users who have come less far, each to a position of its own
    public long count(TenantId tenant, FeedPosition from, FeedFilter filter, Map<UserId, FeedPosition> behind) {
        var statements = statements(tenant);
        try {
            long ofBehind = behind.isEmpty() ? 0 : FeedTable.countOfUsers(statements, tenant, behind, from, filter);
            return ofBehind + FeedTable.count(statements, tenant, from, filter);
        } catch (TookTooLong e) {
            throw new Refusal(ErrorCode.UNAVAILABLE, "The database is overloaded.");
        }
    }

    /// The position before everything.
    public FeedPosition beginning() {
        return FeedPosition.beginning(clock.instant().getEpochSecond());
    }

    /// The position after everything that can be read now.
    public FeedPosition now(TenantId tenant) {
        return now(statements(tenant), tenant);
    }

    private FeedPosition now(Statements statements, TenantId tenant) {
        long now = clock.instant().getEpochSecond();
        return FeedTable.last(statements, tenant, now).orElse(FeedPosition.beginning(now));
    }

    /// The position before the events since this time.
    public FeedPosition since(TenantId tenant, Instant time) {
        return since(statements(tenant), tenant, time.getEpochSecond());
    }

    private FeedPosition since(Statements statements, TenantId tenant, long epochSecond) {
        long now = clock.instant().getEpochSecond();
        return FeedTable.firstSince(statements, tenant, Ids.firstOf(Math.max(0, epochSecond)), now)
                .map(FeedPosition::justBefore)
                .orElseGet(() -> now(statements, tenant));
    }

    public Optional<FeedEvent> find(TenantId tenant, EventId id) {
        return FeedTable.find(database.of(tenant.value()), tenant, id.value());
    }

    private Statements statements(TenantId tenant) {
        return database.lists(tenant.value());
    }
}
