package tv.roster.console.manage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.Scope;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.PageLinks;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;

/// `/console/t/{tenant}/webhooks`: the servers to which events are pushed, and how they do.
public final class WebhookPages {
    static final String LIST = "/t/{tenant_slug}/webhooks";
    static final String ONE = LIST + "/{webhook_id}";
    private static final String NEW = "/t/{tenant_slug}/new_webhook";
    private static final int MOST = 100;
    private static final int ATTEMPTS = 25;

    private WebhookPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get(LIST, Scope.WEBHOOKS, WebhookPages::list)
                .get(NEW, Scope.WEBHOOKS, visit -> form(200, visit, null, WebhookForm.EMPTY, FormProblems.NONE))
                .post(NEW, Scope.WEBHOOKS, WebhookPages::create)
                .get(ONE, Scope.WEBHOOKS, visit -> show(200, visit, FormProblems.NONE, null))
                .get(ONE + "/edit", Scope.WEBHOOKS, WebhookPages::edit)
                .post(ONE + "/edit", Scope.WEBHOOKS, WebhookPages::change);
        WebhookActions.addTo(routes);
    }

    /// The model of the template `console/webhooks`.
    public record WebhooksPage(Frame frame, List<Endpoint> rows) {
        public WebhooksPage {
            rows = List.copyOf(rows);
        }
    }

    /// One attempt to deliver an event, or a test.
    ///
    /// @param status   of the response; empty where there was none
    /// @param response the beginning of its body
    /// @param event    the event's id; empty for a test
    public record Attempt(
            String event, @Nullable Long time, String status, long milliseconds, String response, String detail) {
        static Attempt of(JsonNode attempt) {
            var attributes = attempt.path("attributes");
            var status = attributes.path("status");
            var time = attributes.path("time");
            return new Attempt(
                    attributes.path("event_id").asString(""),
                    time.isString() ? Endpoint.seconds(time.asString()) : null,
                    status.isNumber() ? status.asString() : "",
                    attributes.path("milliseconds").asLong(0),
                    attributes.path("response").asString(""),
                    attributes.path("detail").asString(""));
        }

        public boolean isSuccess() {
            return status.startsWith("2");
        }

        @Override
        public String toString() {
            return "Attempt[" + status + "]";
        }
    }

    /// The model of the templates `console/webhook` and `console/delete_webhook`.
    ///
    /// @param test what a test brought back, or null
    public record WebhookPage(
            Frame frame,
            Endpoint endpoint,
            List<Attempt> attempts,
            @Nullable Attempt test,
            FormProblems problems,
            @Nullable String previous,
            @Nullable String next) {
        public WebhookPage {
            attempts = List.copyOf(attempts);
        }

        /// The link to this page or one below it.
        public String to(String rest) {
            return frame.toTenant("/webhooks/" + endpoint.id() + rest);
        }
    }

    /// The model of the template `console/edit_webhook`; `id` is null for a new one.
    public record EditWebhookPage(Frame frame, @Nullable String id, WebhookForm form, FormProblems problems) {}

    /// The model of the template `console/webhook_secret`, the only page with the secret.
    public record SecretPage(Frame frame, String id, String secret, boolean isNew) {
        @Override
        public String toString() {
            return "SecretPage[" + id + "]";
        }
    }

    static ApiCall call(Visit visit, String method, String rest) {
        return ApiCall.users(method, "/webhook_endpoints/" + visit.segment("webhook_id") + rest);
    }

    static Endpoint endpoint(Visit visit) {
        return Endpoint.of(visit.users(call(visit, "GET", "")).data());
    }

    static Frame frame(Visit visit, String title) {
        return visit.frame(title, Section.WEBHOOKS);
    }

    private static Response list(Visit visit) {
        var endpoints = visit.users(
                        ApiCall.users("GET", "/webhook_endpoints").with("page[size]", Integer.toString(MOST)))
                .data();
        return visit.page(
                200,
                "webhooks",
                new WebhooksPage(
                        frame(visit, "Webhooks"),
                        endpoints.valueStream().map(Endpoint::of).toList()));
    }

    static Response show(int status, Visit visit, FormProblems problems, @Nullable Attempt test) {
        return visit.page(status, "webhook", page(visit, problems, test));
    }

    static WebhookPage page(Visit visit, FormProblems problems, @Nullable Attempt test) {
        var attempts = visit.users(PageLinks.of(call(visit, "GET", "/deliveries"), visit.request(), ATTEMPTS))
                .document();
        return new WebhookPage(
                frame(visit, "Webhook"),
                endpoint(visit),
                attempts.path("data").valueStream().map(Attempt::of).toList(),
                test,
                problems,
                PageLinks.to(attempts, "prev", ""),
                PageLinks.to(attempts, "next", ""));
    }

    private static Response form(
            int status, Visit visit, @Nullable String id, WebhookForm form, FormProblems problems) {
        var frame = frame(visit, id == null ? "New webhook" : "Edit webhook");
        return visit.page(status, "edit_webhook", new EditWebhookPage(frame, id, form, problems));
    }

    private static Response create(Visit visit, Form form) {
        var wanted = WebhookForm.of(form);
        var answer = visit.users(ApiCall.users("POST", "/webhook_endpoints")
                .creating("WebhookEndpoint", json -> wanted.write(json, null)));
        return answer.isDone()
                ? secret(visit, answer.data().path("id").asString(), answer.data(), true)
                : form(422, visit, null, wanted, FormProblems.of(answer, WebhookForm.FIELDS));
    }

    static Response secret(Visit visit, String id, JsonNode made, boolean isNew) {
        return visit.page(
                200,
                "webhook_secret",
                new SecretPage(
                        frame(visit, "Secret"),
                        id,
                        made.path("attributes").path("secret").asString(),
                        isNew));
    }

    private static Response edit(Visit visit) {
        var stored = endpoint(visit);
        return form(200, visit, stored.id(), WebhookForm.of(stored), FormProblems.NONE);
    }

    private static Response change(Visit visit, Form form) {
        var stored = endpoint(visit);
        var wanted = WebhookForm.of(form);
        var answer = visit.users(call(visit, "PATCH", "")
                .changing("WebhookEndpoint", stored.id(), json -> wanted.write(json, WebhookForm.of(stored))));
        return answer.isDone()
                ? visit.done("/webhooks/" + stored.id(), Notice.SAVED)
                : form(422, visit, stored.id(), wanted, FormProblems.of(answer, WebhookForm.FIELDS));
    }
}
