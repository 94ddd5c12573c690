package tv.roster.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Admin;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.calls.RunningCalls;
import tv.roster.calls.UserManagement;
import tv.roster.events.feed.FeedPosition;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.IdList;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.values.ids.WebhookEndpointId;
import tv.roster.values.text.Timestamps;
import tv.roster.webhooks.WebhookEndpoints.Shown;
import tv.roster.webhooks.delivery.WebhookAttempt;

/// The calls on webhook endpoints: `/webhook_endpoints` and the paths below it. Responses with a secret are not stored
/// for an `Idempotency-Key`.
public final class WebhookEndpointsApi {
    private static final String ROTATION = "WebhookSecretRotation";
    private static final String REPLAY = "WebhookReplay";
    private static final String TEST = "WebhookTestDelivery";
    private static final long USUAL_OVERLAP_SECONDS = 24 * 60 * 60;
    static final int MOST_TESTS_OF_TENANT = 4;
    private static final int MOST_TESTS = 64;
    private static final String ONE = "/webhook_endpoints/{webhook_endpoint_id}";

    /// Each holds a request for as long as the receiver likes, up to 15 seconds.
    private final RunningCalls tests = new RunningCalls("test deliveries", MOST_TESTS_OF_TENANT, MOST_TESTS);

    private final WebhookEndpoints endpoints;
    private final Cursors cursors;
    private final Runnable changed;

    /// `changed` is called when an endpoint may have been changed.
    public WebhookEndpointsApi(WebhookEndpoints endpoints, Cursors cursors, Runnable changed) {
        this.changed = changed;
        this.endpoints = endpoints;
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get("/webhook_endpoints", Scope.WEBHOOKS, calls.read(this::list))
                        .withQuery(),
                Route.post("/webhook_endpoints", Scope.WEBHOOKS, calls.read(this::create))
                        .blaming(WebhookEndpointReader::place),
                Route.get(ONE, Scope.WEBHOOKS, calls.read(this::get)),
                Route.patch(ONE, Scope.WEBHOOKS, calls.write(this::change))
                        .about(calls.subject(this::find))
                        .blaming(WebhookEndpointReader::place),
                Route.delete(ONE, Scope.WEBHOOKS, calls.write(this::delete)),
                Route.get(ONE + "/deliveries", Scope.WEBHOOKS, calls.read(this::deliveries))
                        .withQuery(),
                Route.post(ONE + "/secret_rotations", Scope.WEBHOOKS, calls.read(this::rotate))
                        .about(calls.subject(this::find)),
                Route.post(ONE + "/replays", Scope.WEBHOOKS, calls.write(this::replay))
                        .about(calls.subject(this::find)),
                Route.post(ONE + "/test_deliveries", Scope.WEBHOOKS, calls.read(this::test))
                        .about(calls.subject(this::find)));
    }

    private static WebhookEndpointId id(Request request) {
        return WebhookEndpointId.parse(request.variable("webhook_endpoint_id")).orElseThrow(WebhookEndpoints::notFound);
    }

    private WebhookEndpoint find(Call call) {
        return endpoints.find(call.work(), id(call.request()));
    }

    private Response list(Call call) {
        var query = new Query(call.request().query());
        var resource = resource(call);
        return new IdList<WebhookEndpoint>(
                        call.work().tenant() + "/webhook_endpoints",
                        (from, backwards, limit) -> endpoints.list(call.work(), from, backwards, limit),
                        () -> endpoints.count(call.work()),
                        IdList.LARGEST,
                        endpoint -> endpoint.id().value(),
                        (json, endpoint) ->
                                resource.write(json, endpoint, endpoints.backlog(call.work(), endpoint), null))
                .response(call.request(), query, cursors);
    }

    private Response get(Call call) {
        return response(call, find(call));
    }

    private static WebhookEndpointResource resource(Call call) {
        return new WebhookEndpointResource(UserManagement.base(call.request()));
    }

    private Response response(Call call, WebhookEndpoint endpoint) {
        var resource = resource(call);
        long backlog = endpoints.backlog(call.work(), endpoint);
        return Document.of(
                        WebhookEndpointResource.url(resource.base(), endpoint),
                        json -> resource.write(json, endpoint, backlog, null))
                .response(200);
    }

    private Response create(Call call) {
        var wanted = WebhookEndpointReader.readNew(call.request().body());
        endpoints.judge(wanted.url());
        var shown = endpoints.create(call.work(), wanted);
        changed.run();
        return created(call, shown);
    }

    /// No cache may store the secret.
    private static Response created(Call call, Shown shown) {
        var resource = resource(call);
        var url = WebhookEndpointResource.url(resource.base(), shown.endpoint());
        return Document.of(url, json -> resource.write(json, shown.endpoint(), 0, shown.secret()))
                .response(201)
                .with("Location", url)
                .with("Cache-Control", "no-store");
    }

    private Prepared change(Call call) {
        var stored = find(call);
        var wanted = WebhookEndpointReader.readChange(call.request().body(), stored);
        endpoints.judge(wanted.url());
        return applied -> {
            var endpoint = endpoints.change(applied.work(), stored.id(), wanted);
            changed.run();
            return response(applied, endpoint);
        };
    }

    private Prepared delete(Call call) {
        var id = id(call.request());
        return applied -> {
            endpoints.delete(applied.work(), id);
            changed.run();
            return Response.empty(204);
        };
    }

    private Response deliveries(Call call) {
        var id = find(call).id();
        var query = new Query(call.request().query());
        return new IdList<WebhookAttempt>(
                        call.work().tenant() + "/webhook_endpoints/" + id + "/deliveries",
                        (from, backwards, limit) -> endpoints.attempts(call.work(), id, from, backwards, limit),
                        null,
                        IdList.SMALLEST,
                        WebhookAttempt::id,
                        WebhookEndpointsApi::write)
                .response(call.request(), query, cursors);
    }

    private static void write(JsonWriter json, WebhookAttempt attempt) {
        start(json, WebhookAttempt.TYPE, attempt.id().toString());
        json.writeStringProperty("event_id", attempt.event().toString());
        json.writeStringProperty("time", Timestamps.text(Instant.ofEpochMilli(attempt.time())));
        WebhookEndpointResource.number(json, "status", attempt.status());
        json.writeNumberProperty("milliseconds", attempt.milliseconds());
        json.writeStringProperty("response", attempt.response());
        json.writeStringProperty("detail", attempt.detail());
        end(json);
    }

    private Response rotate(Call call) {
        long overlap = call.request().body().length == 0
                ? USUAL_OVERLAP_SECONDS
                : Admin.overlap(call.request(), ROTATION, USUAL_OVERLAP_SECONDS);
        var rotation = endpoints.rotate(call.work(), id(call.request()), overlap);
        changed.run();
        return Document.withoutLinks(json -> {
                    start(json, ROTATION, rotation.id().toString());
                    json.writeStringProperty("secret", rotation.secret().reveal());
                    json.writeNumberProperty("overlap_seconds", overlap);
                    end(json);
                })
                .response(201)
                .with("Cache-Control", "no-store");
    }

    private Prepared replay(Call call) {
        var id = id(call.request());
        var document = new ResourceDocument(call.request().body(), REPLAY);
        document.refuseId();
        var attributes = document.attributes();
        var sent = attributes.textNotNull("since", text -> new Since(text, endpoints.since(call.work(), text)));
        if (attributes.raw("since") == null) {
            document.problems()
                    .add(
                            ErrorCode.INVALID_VALUE,
                            "A replay needs since, a time or a cursor of the feed.",
                            "/data/attributes");
        }
        attributes.refuseUnknown();
        document.relationships().refuseUnknown();
        document.meta().refuseUnknown();
        document.problems().throwIfAny();
        var since = Objects.requireNonNull(sent);
        return applied -> {
            var replay = endpoints.replay(applied.work(), id, since.position());
            changed.run();
            return Document.withoutLinks(json -> {
                        start(json, REPLAY, replay.toString());
                        json.writeStringProperty("since", since.text());
                        end(json);
                    })
                    .response(201);
        };
    }

    /// Where a replay begins, as it was sent, and in the feed.
    private record Since(String text, FeedPosition position) {}

    private Response test(Call call) {
        ResourceDocument.readNothing(call.request().body(), TEST);
        try (var _ = tests.enter(call.work().tenant())) {
            return written(endpoints.test(call.work(), id(call.request())));
        }
    }

    private static Response written(WebhookEndpoints.Test test) {
        var outcome = test.outcome();
        return Document.withoutLinks(json -> {
                    start(json, TEST, test.id().toString());
                    WebhookEndpointResource.number(json, "status", outcome.status());
                    json.writeNumberProperty("milliseconds", outcome.milliseconds());
                    json.writeStringProperty("response", outcome.response());
                    json.writeStringProperty("detail", outcome.detail());
                    end(json);
                })
                .response(201)
                .with("Cache-Control", "no-store");
    }

    private static void start(JsonWriter json, String type, String id) {
        json.writeStartObject();
        json.writeStringProperty("type", type);
        json.writeStringProperty("id", id);
        json.writeObjectPropertyStart("attributes");
    }

    private static void end(JsonWriter json) {
        json.writeEndObject();
        json.writeEndObject();
    }
}
