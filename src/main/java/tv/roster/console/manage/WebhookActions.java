package tv.roster.console.manage;

import java.util.Map;
import tv.roster.access.Scope;
import tv.roster.console.calls.Answer;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;

/// What a manager can do about a webhook endpoint.
final class WebhookActions {
    private static final String ONE = WebhookPages.ONE;
    private static final long HOUR = 3600;

    private WebhookActions() {}

    static void addTo(ConsoleRoutes routes) {
        routes.post(ONE + "/pause", Scope.WEBHOOKS, (visit, form) -> status(visit, "PAUSED", Notice.PAUSED))
                .post(ONE + "/enable", Scope.WEBHOOKS, (visit, form) -> status(visit, "ENABLED", Notice.ENABLED))
                .post(ONE + "/test", Scope.WEBHOOKS, (visit, form) -> test(visit))
                .post(ONE + "/replay", Scope.WEBHOOKS, WebhookActions::replay)
                .post(ONE + "/rotate", Scope.WEBHOOKS, WebhookActions::rotate)
                .get(
                        ONE + "/delete",
                        Scope.WEBHOOKS,
                        visit -> visit.page(200, "delete_webhook", WebhookPages.page(visit, FormProblems.NONE, null)))
                .post(ONE + "/delete", Scope.WEBHOOKS, (visit, form) -> delete(visit));
    }

    private static Response done(Visit visit, Notice notice) {
        return visit.done("/webhooks/" + visit.segment("webhook_id"), notice);
    }

    /// The page again, with why something was not done.
    private static Response refused(Visit visit, Answer answer, Map<String, String> fields) {
        var problems = FormProblems.of(answer, fields);
        return WebhookPages.show(answer.problems().getFirst().code().status(), visit, problems, null);
    }

    private static Response status(Visit visit, String status, Notice notice) {
        var answer = visit.users(WebhookPages.call(visit, "PATCH", "")
                .changing(
                        "WebhookEndpoint",
                        visit.request().variable("webhook_id"),
                        json -> json.writeStringProperty("status", status)));
        return answer.isDone() ? done(visit, notice) : refused(visit, answer, Map.of());
    }

    private static Response test(Visit visit) {
        var answer = visit.users(WebhookPages.call(visit, "POST", "/test_deliveries"));
        return answer.isDone()
                ? WebhookPages.show(200, visit, FormProblems.NONE, WebhookPages.Attempt.of(answer.data()))
                : refused(visit, answer, Map.of());
    }

    /// The field has the date and time without a zone, which is UTC.
    private static Response replay(Visit visit, Form form) {
        var typed = form.text("since");
        var since = typed.length() == "2026-11-27T20:15".length() ? typed + ":00Z" : typed + "Z";
        var answer = visit.users(WebhookPages.call(visit, "POST", "/replays")
                .creating("WebhookReplay", json -> json.writeStringProperty("since", since)));
        return answer.isDone()
                ? done(visit, Notice.REPLAYED)
                : refused(visit, answer, Map.of("/data/attributes/since", "since"));
    }

    private static Response rotate(Visit visit, Form form) {
        var hours = form.text("hours");
        long overlap = hours.matches("[0-9]{1,5}") ? Long.parseLong(hours) * HOUR : -1;
        var answer = visit.users(WebhookPages.call(visit, "POST", "/secret_rotations")
                .creating("WebhookSecretRotation", json -> json.writeNumberProperty("overlap_seconds", overlap)));
        return answer.isDone()
                ? WebhookPages.secret(visit, visit.request().variable("webhook_id"), answer.data(), false)
                : refused(visit, answer, Map.of("/data/attributes/overlap_seconds", "hours"));
    }

    private static Response delete(Visit visit) {
        var answer = visit.users(WebhookPages.call(visit, "DELETE", ""));
        return answer.isDone() ? visit.done("/webhooks", Notice.REMOVED) : refused(visit, answer, Map.of());
    }
}
