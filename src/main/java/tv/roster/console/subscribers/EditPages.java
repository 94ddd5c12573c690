package tv.roster.console.subscribers;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.problems.ErrorCode;

/// The forms for a new subscriber, and for changes of one. What somebody else has changed since the form was opened is
/// shown, and not overwritten.
public final class EditPages {
    private static final String NEW = "/t/{tenant_slug}/new_user";
    private static final String EDIT = "/t/{tenant_slug}/users/{user_id}/edit";
    private static final String SUSPEND = "/t/{tenant_slug}/users/{user_id}/suspend";
    private static final String RESUME = "/t/{tenant_slug}/users/{user_id}/resume";

    private EditPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get(NEW, Scope.USERS_WRITE, visit -> form(200, visit, null, UserForm.EMPTY, FormProblems.NONE, false))
                .post(NEW, Scope.USERS_WRITE, EditPages::create)
                .get(EDIT, Scope.USERS_WRITE, EditPages::edit)
                .post(EDIT, Scope.USERS_WRITE, EditPages::change)
                .post(SUSPEND, Scope.USERS_WRITE, (visit, form) -> restrict(visit, form, true))
                .post(RESUME, Scope.USERS_WRITE, (visit, form) -> restrict(visit, form, false));
    }

    private static List<String> catalogue(Visit visit) {
        return visit.tenant().flags().stream()
                .filter(flag -> !flag.equals(Subscriber.LOGIN_RESTRICTED))
                .toList();
    }

    private static Response form(
            int status,
            Visit visit,
            @Nullable Subscriber stored,
            UserForm form,
            FormProblems problems,
            boolean changedMeanwhile) {
        var frame = visit.frame(stored == null ? "New subscriber" : "Edit", Section.SUBSCRIBERS);
        return visit.page(
                status, "edit_user", new EditPage(frame, stored, form, catalogue(visit), problems, changedMeanwhile));
    }

    private static Response create(Visit visit, Form form) {
        var wanted = UserForm.of(form, catalogue(visit));
        var answer = visit.users(ApiCall.users("POST", "/users")
                .creating("User", json -> wanted.writeChanges(json, UserForm.EMPTY, false)));
        return answer.isDone()
                ? visit.done("/users/" + answer.data().path("id").asString(), Notice.CREATED)
                : form(422, visit, null, wanted, FormProblems.of(answer, UserForm.FIELDS), false);
    }

    private static Response edit(Visit visit) {
        var stored = UserPages.subscriber(visit);
        return form(200, visit, stored, UserForm.of(stored), FormProblems.NONE, false);
    }

    private static Response change(Visit visit, Form form) {
        var stored = UserPages.subscriber(visit);
        var wanted = UserForm.of(form, catalogue(visit));
        var answer = visit.users(
                patch(visit, form, json -> wanted.writeChanges(json, UserForm.of(stored), stored.isSuspended())));
        if (answer.isDone()) {
            return visit.done("/users/" + stored.id(), Notice.SAVED);
        }
        if (answer.isRefused(ErrorCode.VERSION_MISMATCH)) {
            return form(409, visit, UserPages.subscriber(visit), wanted, FormProblems.NONE, true);
        }
        return form(422, visit, stored, wanted, FormProblems.of(answer, UserForm.FIELDS), false);
    }

    private static Response restrict(Visit visit, Form form, boolean suspended) {
        var stored = UserPages.subscriber(visit);
        var answer = visit.users(patch(visit, form, json -> UserForm.writeFlags(json, stored.otherFlags(), suspended)));
        return answer.isDone()
                ? visit.done("/users/" + stored.id(), suspended ? Notice.SUSPENDED : Notice.RESUMED)
                : UserPages.refused(visit, answer);
    }

    /// A change that holds only for the version that the form showed.
    private static ApiCall patch(Visit visit, Form form, Consumer<JsonWriter> attributes) {
        var version = form.text("version").replaceAll("[^0-9]", "");
        return ApiCall.users("PATCH", "/users/" + visit.segment("user_id"))
                .withHeader("if-match", "\"" + version + "\"")
                .changing("User", visit.request().variable("user_id"), attributes);
    }
}
