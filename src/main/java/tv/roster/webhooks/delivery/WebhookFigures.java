package tv.roster.webhooks.delivery;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/// What is counted about the deliveries of this node.
public final class WebhookFigures {
    /// Of so many endpoints, the age of the backlog is reported for each.
    private static final int MOST_ENDPOINTS = 200;

    private final Collection<EndpointDelivery> deliveries;
    private final InstantSource clock;
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder disabled = new LongAdder();
    private final Map<List<String>, DoubleSupplier> ages = new ConcurrentHashMap<>();

    WebhookFigures(Collection<EndpointDelivery> deliveries, InstantSource clock) {
        this.deliveries = deliveries;
        this.clock = clock;
    }

    void attempt(boolean success) {
        (success ? succeeded : failed).increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void disabled() {
        disabled.increment();
    }

    void begins(EndpointKey key, EndpointDelivery delivery) {
        if (ages.size() < MOST_ENDPOINTS) {
            ages.put(List.of(key.id().toString()), () -> age(delivery));
        }
    }

    void ended(EndpointKey key) {
        ages.remove(List.of(key.id().toString()));
    }

    private double age(EndpointDelivery delivery) {
        var oldest = delivery.state().oldest();
        return oldest == null ? 0 : Math.max(0, (clock.millis() - oldest) / (double) TimeUnit.SECONDS.toMillis(1));
    }

    public long succeeded() {
        return succeeded.sum();
    }

    public long failed() {
        return failed.sum();
    }

    /// Events that were left out after three days.
    public long givenUpEvents() {
        return givenUp.sum();
    }

    public long disabledEndpoints() {
        return disabled.sum();
    }

    /// The endpoints that this node has and that do not fail.
    public long working() {
        return deliveries.size() - failing();
    }

    /// The endpoints that this node has and that have failed several times without a success.
    public long failing() {
        return sum(state -> state.isFailing() ? 1 : 0);
    }

    public long requests() {
        return sum(EndpointDelivery.State::underWay);
    }

    /// Users one of whose events has failed, parked ones included.
    public long waiting() {
        return sum(EndpointDelivery.State::waiting);
    }

    public long parked() {
        return sum(EndpointDelivery.State::parked);
    }

    private long sum(ToLongFunction<EndpointDelivery.State> figure) {
        return deliveries.stream()
                .mapToLong(delivery -> figure.applyAsLong(delivery.state()))
                .sum();
    }

    /// How long the oldest event of an endpoint has been waiting, by its id; a view that follows the endpoints.
    public Map<List<String>, DoubleSupplier> ages() {
        return ages;
    }
}
