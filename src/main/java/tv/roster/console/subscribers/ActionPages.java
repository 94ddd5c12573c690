package tv.roster.console.subscribers;

import java.util.List;
import tv.roster.access.Scope;
import tv.roster.console.calls.Answer;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;

/// What an agent can do about a subscriber. What cannot be undone is asked for on a page of its own.
public final class ActionPages {
    private static final String USER = "/t/{tenant_slug}/users/{user_id}";
    private static final String ERASE_WORD = "ERASE";

    /// What an agent reads who has not written the word.
    public static final FormProblems UNCONFIRMED =
            FormProblems.of("word", "Write " + ERASE_WORD + " in capital letters, if you are sure.");

    private ActionPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.post(
                        USER + "/activation_mail",
                        Scope.USERS_WRITE,
                        (visit, form) -> mail(visit, "activation_links", "ActivationLink"))
                .post(
                        USER + "/reset_mail",
                        Scope.USERS_WRITE,
                        (visit, form) -> mail(visit, "password_reset_links", "PasswordResetLink"))
                .post(USER + "/unlock", Scope.USERS_WRITE, (visit, form) -> call(visit, "/login_lock", Notice.UNLOCKED))
                .post(
                        USER + "/end_links",
                        Scope.USERS_WRITE,
                        (visit, form) -> call(visit, "/links", Notice.LINKS_ENDED))
                .get(
                        USER + "/delete",
                        Scope.USERS_WRITE,
                        visit -> confirm(200, visit, "delete_user", FormProblems.NONE))
                .post(USER + "/delete", Scope.USERS_WRITE, ActionPages::delete)
                .post(USER + "/personal_data", Scope.PRIVACY, ActionPages::personalData)
                .get(USER + "/erase", Scope.PRIVACY, visit -> confirm(200, visit, "erase_user", FormProblems.NONE))
                .post(USER + "/erase", Scope.PRIVACY, ActionPages::erase);
    }

    private static Response mail(Visit visit, String collection, String type) {
        return after(
                visit,
                visit.users(UserPages.call(visit, "POST", "/" + collection)
                        .creating(type, json -> json.writeStringProperty("delivery", "email"))),
                Notice.MAIL_QUEUED);
    }

    private static Response call(Visit visit, String rest, Notice notice) {
        return after(visit, visit.users(UserPages.call(visit, "DELETE", rest)), notice);
    }

    private static Response after(Visit visit, Answer answer, Notice notice) {
        return answer.isDone()
                ? visit.done("/users/" + visit.segment("user_id"), notice)
                : UserPages.refused(visit, answer);
    }

    /// The model of the templates `console/delete_user` and `console/erase_user`.
    public record ConfirmPage(Frame frame, Subscriber subscriber, int graceDays, FormProblems problems) {
        @Override
        public String toString() {
            return "ConfirmPage[" + subscriber.id() + "]";
        }
    }

    private static Response confirm(int status, Visit visit, String template, FormProblems problems) {
        var subscriber = UserPages.subscriber(visit);
        var days = visit.tenant().settings().deletionGraceDays();
        return visit.page(
                status,
                template,
                new ConfirmPage(visit.frame(subscriber.title(), Section.SUBSCRIBERS), subscriber, days, problems));
    }

    private static Response delete(Visit visit, Form form) {
        var answer = visit.users(UserPages.call(visit, "DELETE", ""));
        answer.response();
        return visit.tenant().settings().deletionGraceDays() == 0
                ? visit.done("/users", Notice.DELETED)
                : visit.done("/deleted_users", Notice.DELETED);
    }

    private static Response personalData(Visit visit, Form form) {
        return visit.users(UserPages.call(visit, "POST", "/personal_data_exports"))
                .response()
                .with("Content-Disposition", "attachment; filename=\"personal-data.json\"")
                .with("Cache-Control", "no-store");
    }

    /// The model of the template `console/erased`: the receipt.
    public record Receipt(Frame frame, String id, String userId, List<Removed> removed) {
        /// How many entries were removed from one place.
        public record Removed(String place, long count) {}
    }

    private static Response erase(Visit visit, Form form) {
        return isConfirmed(form) ? receipt(visit) : confirm(422, visit, "erase_user", UNCONFIRMED);
    }

    /// Whether the agent has written the word without which nobody is erased.
    public static boolean isConfirmed(Form form) {
        return form.text("word").equals(ERASE_WORD);
    }

    /// Erases the person in the path, and shows the receipt.
    public static Response receipt(Visit visit) {
        var receipt = visit.users(ApiCall.users("POST", "/erasures")
                        .creating(
                                "Erasure",
                                json -> json.writeStringProperty(
                                        "user_id", visit.request().variable("user_id"))))
                .data();
        return visit.page(
                200,
                "erased",
                new Receipt(
                        visit.frame("Erased", Section.SUBSCRIBERS),
                        receipt.path("id").asString(),
                        visit.request().variable("user_id"),
                        receipt.path("attributes")
                                .path("removed")
                                .valueStream()
                                .map(entry -> new Receipt.Removed(
                                        entry.path("place").asString().replace('_', ' '),
                                        entry.path("count").asLong()))
                                .toList()));
    }
}
