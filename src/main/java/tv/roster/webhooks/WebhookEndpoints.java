package tv.roster.webhooks;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tv.roster.events.feed.Feed;
import tv.roster.events.feed.FeedFilter;
import tv.roster.events.feed.FeedPosition;
import tv.roster.events.log.EventLines;
import tv.roster.platform.json.Json;
import tv.roster.platform.outgoing.NotAllowed;
import tv.roster.platform.outgoing.Outcome;
import tv.roster.platform.outgoing.OutgoingRequests;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ids.WebhookEndpointId;
import tv.roster.values.text.Timestamps;
import tv.roster.webhooks.WebhookEndpointsTable.New;
import tv.roster.webhooks.addresses.WebhookNetworks;
import tv.roster.webhooks.addresses.WebhookUrl;
import tv.roster.webhooks.delivery.Replays;
import tv.roster.webhooks.delivery.WebhookAttempt;
import tv.roster.webhooks.delivery.WebhookAttemptsTable;
import tv.roster.webhooks.signatures.SigningSecret;
import tv.roster.webhooks.signatures.WebhookMessages;
import tv.roster.webhooks.signatures.WebhookSecrets;
import tv.roster.work.Work;

/// The rules of webhook endpoints.
public final class WebhookEndpoints {
    private static final int MOST = 16;
    private static final int LOOK_UP_SECONDS = 5;

    private final OutgoingRequests requests;
    private final WebhookNetworks networks;
    private final WebhookSecrets secrets;
    private final Feed feed;
    private final Replays replays;
    private final EventLines lines;

    public WebhookEndpoints(
            OutgoingRequests requests, WebhookNetworks networks, WebhookSecrets secrets, Feed feed, EventLines lines) {
        this.requests = requests;
        this.networks = networks;
        this.secrets = secrets;
        this.feed = feed;
        this.replays = new Replays(feed);
        this.lines = lines;
    }

    /// An endpoint with its secret, while that may be shown.
    record Shown(WebhookEndpoint endpoint, SigningSecret secret) {}

    WebhookEndpoint find(Work work, WebhookEndpointId id) {
        return WebhookEndpointsTable.find(work.statements(), work.tenant(), id).orElseThrow(WebhookEndpoints::notFound);
    }

    List<WebhookEndpoint> list(Work work, @Nullable UUID from, boolean backwards, int limit) {
        return WebhookEndpointsTable.list(work.statements(), work.tenant(), from, backwards, limit);
    }

    long count(Work work) {
        return WebhookEndpointsTable.count(work.statements(), work.tenant());
    }

    /// Refuses a host whose addresses are not allowed. One that cannot be looked up now is judged when it is connected
    /// to, as each is.
    void judge(@Nullable WebhookUrl url) {
        if (url == null) {
            return;
        }
        var refusal = networks.refusal(url.destination());
        if (refusal != null) {
            throw new Refusal(ErrorCode.URL_NOT_ALLOWED, refusal, WebhookMember.URL);
        }
        try {
            requests.addresses(url.destination()).get(LOOK_UP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotAllowed refused) {
                throw new Refusal(ErrorCode.URL_NOT_ALLOWED, refused.getMessage(), WebhookMember.URL);
            }
        } catch (TimeoutException slow) {
            // As if there were no address yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(ErrorCode.UNAVAILABLE, "The server is shutting down.");
        }
    }

    /// The latest attempts, newest first.
    List<WebhookAttempt> attempts(Work work, WebhookEndpointId id, @Nullable UUID from, boolean backwards, int limit) {
        return WebhookAttemptsTable.list(work.statements(), work.tenant(), id, from, backwards, limit);
    }

    /// Creates an endpoint that begins with what happens from now on.
    Shown create(Work work, WebhookChange wanted) {
        var id = new WebhookEndpointId(lines.ids().next());
        var secret = SigningSecret.random();
        var endpoint = WebhookEndpointsTable.create(
                        work.statements(),
                        work.tenant(),
                        new New(
                                id,
                                wanted,
                                secrets.sealed(secret, id),
                                feed.now(work.tenant()).text(work.tenant())),
                        MOST,
                        lines.next(work.author()))
                .orElseThrow(() -> new Refusal(
                        ErrorCode.ENDPOINT_LIMIT, "There are " + MOST + " webhook endpoints, which is the limit."));
        return new Shown(endpoint, secret);
    }

    WebhookEndpoint change(Work work, WebhookEndpointId id, WebhookChange wanted) {
        return WebhookEndpointsTable.change(work.statements(), work.tenant(), id, wanted, lines.next(work.author()))
                .orElseThrow(WebhookEndpoints::notFound);
    }

    void delete(Work work, WebhookEndpointId id) {
        if (!WebhookEndpointsTable.delete(work.statements(), work.tenant(), id, lines.next(work.author()))) {
            throw notFound();
        }
    }

    /// A new secret of an endpoint.
    record Rotation(UUID id, SigningSecret secret) {}

    /// A new secret; the one before signs as well for `overlapSeconds`.
    Rotation rotate(Work work, WebhookEndpointId id, long overlapSeconds) {
        var secret = SigningSecret.random();
        var line = lines.next(work.author());
        if (!WebhookEndpointsTable.rotate(
                work.statements(), work.tenant(), id, secrets.sealed(secret, id), overlapSeconds, line)) {
            throw notFound();
        }
        return new Rotation(line.id().value(), secret);
    }

    /// How many events the endpoint has not received yet.
    long backlog(Work work, WebhookEndpoint endpoint) {
        return replays.backlog(work.statements(), work.tenant(), endpoint.id(), endpoint.position(), endpoint.kinds());
    }

    /// The position that a time or a cursor of the feed stands for.
    ///
    /// @throws InvalidValue for a text that is neither
    FeedPosition since(Work work, String text) {
        var cursor = FeedPosition.parse(work.tenant(), text);
        if (cursor.isPresent()) {
            // Refuses one that is older than what is kept.
            feed.read(work.tenant(), cursor.get(), FeedFilter.ALL, 1);
            return cursor.get();
        }
        try {
            return feed.since(work.tenant(), OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new InvalidValue("This is a time such as 2026-01-31T12:00:00Z, or a cursor of the feed.");
        }
    }

    /// Delivers again from a position on; returns the id of the replay.
    UUID replay(Work work, WebhookEndpointId id, FeedPosition since) {
        var line = lines.next(work.author());
        if (!replays.replay(work.statements(), work.tenant(), id, since, line)) {
            throw notFound();
        }
        return line.id().value();
    }

    /// A delivery for a test.
    record Test(UUID id, Outcome outcome) {}

    /// Sends a `webhook.test` now, whatever the status of the endpoint is, and waits for what comes back.
    Test test(Work work, WebhookEndpointId id) {
        var endpoint = find(work, id);
        var now = lines.clock().instant();
        var message = lines.ids().next();
        var signing = secrets.open(
                WebhookEndpointsTable.secrets(work.statements(), work.tenant(), id, now.getEpochSecond()), id);
        var destination = WebhookUrl.parse(endpoint.url()).destination();
        try (var line = requests.line(destination)) {
            var sent = WebhookMessages.signed(message, testBody(endpoint, now), signing, now);
            return new Test(message, line.post(sent).join());
        }
    }

    private static byte[] testBody(WebhookEndpoint endpoint, Instant now) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("type", "webhook.test");
            json.writeStringProperty("timestamp", Timestamps.text(now));
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("type", WebhookEndpoint.TYPE);
            json.writeStringProperty("id", endpoint.id().toString());
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such webhook endpoint.");
    }
}
