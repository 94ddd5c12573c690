package tv.roster.webhooks.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.events.feed.Feed;
import tv.roster.events.feed.FeedWatch;
import tv.roster.events.log.EventLines;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.database.Database;
import tv.roster.platform.outgoing.OutgoingRequests;
import tv.roster.webhooks.signatures.WebhookSecrets;

/// Delivers events to webhook endpoints in the background. Each endpoint is one node's at a time: whose it is, is
/// looked at once a second, and a node that does not renew its lease loses all of its endpoints.
public final class WebhookWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookWorker.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(3);

    /// After this time without a renewal, nothing is sent any more: shorter than the lease by what a request takes to
    /// begin.
    private static final Duration CERTAIN = Duration.ofSeconds(10);

    private static final Duration LONG_GONE = Duration.ofHours(1);
    private static final Duration PATIENCE_OF_CLOSE = Duration.ofSeconds(3);

    private final Map<EndpointKey, EndpointDelivery> running = new ConcurrentHashMap<>();
    private final FailingLane lane = new FailingLane();
    private final UUID node = UUID.randomUUID();
    private final Database database;
    private final DeliveryMeans means;
    private final WebhookFigures figures;
    private final RepeatedTask working =
            new RepeatedTask("webhooks", this::work, LOG, "Webhook endpoints could not be looked at");
    private volatile long renewed = System.nanoTime() - RENEWAL.toNanos();

    public WebhookWorker(
            Database database,
            Feed feed,
            FeedWatch watch,
            OutgoingRequests requests,
            WebhookSecrets secrets,
            EventLines lines) {
        this.database = database;
        this.means = new DeliveryMeans(database, feed, watch, requests, secrets, lines, node, this::holdsLease);
        this.figures = new WebhookFigures(running.values(), lines.clock());
    }

    /// Starts to look for endpoints.
    public WebhookWorker start() {
        working.every(Duration.ZERO, PAUSE);
        return this;
    }

    /// Looks for endpoints now.
    public void soon() {
        working.soon();
    }

    public WebhookFigures figures() {
        return figures;
    }

    private boolean holdsLease() {
        return System.nanoTime() - renewed < CERTAIN.toNanos();
    }

    private void work() {
        if (running.isEmpty() && !AssignmentsTable.hasAny(database)) {
            return;
        }
        renew();
        AssignmentsTable.claim(database, node, means.now());
        var own = AssignmentsTable.own(database, node);
        running.forEach((key, delivery) -> {
            var generation = own.get(key);
            if (delivery.isFinished()) {
                running.remove(key);
                figures.ended(key);
            } else if (generation == null || generation != delivery.generation()) {
                delivery.stop();
            }
        });
        for (var key : own.keySet()) {
            if (!running.containsKey(key) && !working.isClosed()) {
                AssignmentsTable.load(database, key, node).ifPresent(this::begin);
            }
        }
    }

    private void renew() {
        long begun = System.nanoTime();
        if (begun - renewed >= RENEWAL.toNanos()) {
            AssignmentsTable.renew(database, node, means.now() + LEASE.toMillis());
            renewed = begun;
        }
    }

    private void begin(Assigned endpoint) {
        var delivery = new EndpointDelivery(endpoint, means, lane, figures, working::soon);
        running.put(endpoint.key(), delivery);
        figures.begins(endpoint.key(), delivery);
        delivery.start();
    }

    /// Stores what has been delivered, and leaves the endpoints to other nodes.
    @Override
    public void close() {
        working.close(PATIENCE_OF_CLOSE);
        running.values().forEach(EndpointDelivery::stop);
        long end = System.nanoTime() + PATIENCE_OF_CLOSE.toNanos();
        while (!running.values().stream().allMatch(EndpointDelivery::isFinished) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        try {
            AssignmentsTable.release(database, node, means.now() - LONG_GONE.toMillis());
        } catch (RuntimeException away) {
            LOG.debug("The lease of webhook endpoints ends by itself: {}", away.getMessage());
        }
    }
}
