package tv.roster.console.subscribers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.Scope;
import tv.roster.console.calls.Answer;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.PageLinks;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Times;
import tv.roster.console.pages.Visit;
import tv.roster.console.subscribers.UserPage.Link;
import tv.roster.console.subscribers.UserPage.Lock;
import tv.roster.console.subscribers.UserPage.Mail;
import tv.roster.console.subscribers.UserPage.Profile;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.Problem;

/// `/console/t/{tenant}/users/{id}`: everything about one subscriber. That an agent has looked is in the audit.
public final class UserPages {
    private static final int EVENTS = 30;
    private static final int MAILS = 10;

    private final Looks looks;

    public UserPages(Looks looks) {
        this.looks = looks;
    }

    public void addTo(ConsoleRoutes routes) {
        routes.get("/t/{tenant_slug}/users/{user_id}", Scope.USERS_READ, this::show);
    }

    /// The subscriber in the path; otherwise the refusal.
    static Subscriber subscriber(Visit visit) {
        return Subscriber.of(visit.users(call(visit, "GET", "")).data());
    }

    /// A call about the subscriber in the path; `rest` is empty or begins with a slash.
    static ApiCall call(Visit visit, String method, String rest) {
        return ApiCall.users(method, "/users/" + visit.segment("user_id") + rest);
    }

    private Response show(Visit visit) {
        var page = page(visit, List.of());
        looks.note(visit.tenant().id(), page.subscriber().id(), visit.author());
        return visit.page(200, "user", page);
    }

    /// The page again, with why something was not done.
    static Response refused(Visit visit, Answer answer) {
        var problems = answer.problems().stream().map(Problem::detail).toList();
        return visit.page(409, "user", page(visit, problems));
    }

    private static UserPage page(Visit visit, List<String> problems) {
        var document = visit.users(call(visit, "GET", "").with("include", "user_profiles"))
                .document();
        var subscriber = Subscriber.of(document.path("data"));
        var events = visit.users(PageLinks.of(call(visit, "GET", "/events"), visit.request(), EVENTS + 1));
        var shown = list(events);
        return new UserPage(
                visit.frame(subscriber.title(), Section.SUBSCRIBERS),
                subscriber,
                subscriber.isSuspended() ? Timeline.suspendedTime(shown) : null,
                profiles(document),
                lock(visit.users(call(visit, "GET", "/login_lock"))),
                list(visit.users(call(visit, "GET", "/links"))).stream()
                        .map(UserPages::link)
                        .toList(),
                list(visit.users(call(visit, "GET", "/mails").with("page[size]", Integer.toString(MAILS)))).stream()
                        .map(UserPages::mail)
                        .toList(),
                new Timeline(new AuthorNames(visit)).of(shown, EVENTS),
                shown.size() <= EVENTS ? null : older(events),
                problems);
    }

    private static @Nullable String older(Answer events) {
        return PageLinks.to(events.document(), "next", "");
    }

    private static List<JsonNode> list(Answer answer) {
        return answer.isDone() ? answer.data().valueStream().toList() : List.of();
    }

    private static List<Profile> profiles(JsonNode document) {
        return document.path("included")
                .valueStream()
                .map(profile -> {
                    var attributes = profile.path("attributes");
                    return new Profile(
                            profile.path("id").asString(),
                            attributes.path("name").asString(""),
                            attributes.path("is_child_profile").asBoolean(false),
                            attributes.path("age_limit").isNumber()
                                    ? attributes.path("age_limit").asString()
                                    : "",
                            attributes.path("is_default").asBoolean(false));
                })
                .toList();
    }

    private static @Nullable Lock lock(Answer answer) {
        if (!answer.isDone()) {
            return null;
        }
        var attributes = answer.data().path("attributes");
        var until = attributes.path("locked_until");
        return new Lock(attributes.path("wrong_passwords").asInt(0), until.isNumber() ? until.asLong() : null);
    }

    private static Link link(JsonNode link) {
        var attributes = link.path("attributes");
        return new Link(
                attributes.path("kind").asString("").replace('_', ' ').toLowerCase(Locale.ROOT),
                attributes.path("created_time").asLong(0),
                attributes.path("expires_time").asLong(0));
    }

    private static Mail mail(JsonNode mail) {
        var attributes = mail.path("attributes");
        return new Mail(
                attributes.path("kind").asString("").replace('_', ' '),
                attributes.path("recipient").asString(""),
                attributes.path("created_time").asLong(0),
                outcome(attributes));
    }

    private static String outcome(JsonNode mail) {
        var failure = mail.path("failure").asString("");
        var accepted = mail.path("accepted_by");
        var finished = mail.path("finished_time");
        var when = finished.isNumber() ? " at " + Times.text(finished.asLong()) : "";
        return switch (mail.path("status").asString("")) {
            case "QUEUED" -> failure.isEmpty() ? "Waits to be sent." : "Is tried again: " + failure + ".";
            case "SENT" ->
                "Sent" + when
                        + (accepted.isObject()
                                ? ", accepted by " + accepted.path("host").asString("") + " ("
                                        + accepted.path("response").asString("") + ")."
                                : ".");
            case "REPLACED" -> "Not sent: a newer one took its place.";
            case "WITHDRAWN" -> "Not sent: its link had ended.";
            case "GIVEN_UP" -> "Given up" + when + (failure.isEmpty() ? "." : ": " + failure + ".");
            default -> mail.path("status").asString("");
        };
    }
}
