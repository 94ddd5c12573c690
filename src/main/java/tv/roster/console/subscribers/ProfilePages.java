package tv.roster.console.subscribers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
import tv.roster.platform.json.JsonWriter;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.text.Text;

/// A subscriber's profiles: a new one, its name and limits, which one is the default, and removal.
public final class ProfilePages {
    private static final String USER = "/t/{tenant_slug}/users/{user_id}";
    private static final String PROFILE = USER + "/profiles/{profile_id}";
    private static final String TYPE = "UserProfile";
    private static final String SET = "yes";
    private static final Map<String, String> FIELDS = Map.of(
            "/data/attributes/name", "name",
            "/data/attributes/age_limit", "age",
            "/data/attributes/is_child_profile", "child");

    private ProfilePages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get(
                        USER + "/new_profile",
                        Scope.USERS_WRITE,
                        visit -> form(200, visit, null, Fields.EMPTY, FormProblems.NONE))
                .post(USER + "/new_profile", Scope.USERS_WRITE, ProfilePages::create)
                .get(PROFILE, Scope.USERS_WRITE, ProfilePages::edit)
                .post(PROFILE, Scope.USERS_WRITE, ProfilePages::change)
                .post(PROFILE + "/default", Scope.USERS_WRITE, ProfilePages::makeDefault)
                .post(PROFILE + "/delete", Scope.USERS_WRITE, ProfilePages::delete);
    }

    /// What the fields have; `age` is empty for no limit.
    public record Fields(String name, boolean isChild, String age) {
        static final Fields EMPTY = new Fields("", false, "");

        static Fields of(Form form) {
            return new Fields(
                    Text.strip(form.text("name")), form.text("child").equals(SET), Text.strip(form.text("age")));
        }

        void write(JsonWriter json) {
            json.writeStringProperty("name", name);
            json.writeBooleanProperty("is_child_profile", isChild);
            if (age.isEmpty()) {
                json.writeNullProperty("age_limit");
            } else if (age.matches("[0-9]{1,9}")) {
                json.writeNumberProperty("age_limit", Long.parseLong(age));
            } else {
                json.writeStringProperty("age_limit", age);
            }
        }

        @Override
        public String toString() {
            return "Fields";
        }
    }

    /// The model of the template `console/profile`; `id` is null for a new profile.
    public record ProfilePage(
            Frame frame,
            Subscriber subscriber,
            @Nullable String id,
            boolean isDefault,
            Fields fields,
            FormProblems problems) {
        @Override
        public String toString() {
            return "ProfilePage[" + id + "]";
        }
    }

    private static Response form(
            int status, Visit visit, @Nullable JsonNode stored, Fields fields, FormProblems problems) {
        var subscriber = UserPages.subscriber(visit);
        return visit.page(
                status,
                "profile",
                new ProfilePage(
                        visit.frame(stored == null ? "New profile" : "Profile", Section.SUBSCRIBERS),
                        subscriber,
                        stored == null ? null : stored.path("id").asString(),
                        stored != null
                                && stored.path("attributes").path("is_default").asBoolean(false),
                        fields,
                        problems));
    }

    /// The profile in the path, if it is one of the subscriber in the path.
    private static JsonNode profile(Visit visit) {
        var profile = visit.users(call(visit, "GET")).data();
        var user = profile.path("relationships").path("user").path("data").path("id");
        if (!user.asString("").equals(visit.request().variable("user_id"))) {
            throw new Refusal(ErrorCode.NOT_FOUND, "This subscriber has no such profile.");
        }
        return profile;
    }

    private static ApiCall call(Visit visit, String method) {
        return ApiCall.users(method, "/user_profiles/" + visit.segment("profile_id"));
    }

    private static Response create(Visit visit, Form form) {
        var fields = Fields.of(form);
        var answer = visit.users(UserPages.call(visit, "POST", "/user_profiles").creating(TYPE, fields::write));
        return answer.isDone() ? done(visit, Notice.PROFILE_SAVED) : form(422, visit, null, fields, problems(answer));
    }

    private static Response edit(Visit visit) {
        var stored = profile(visit);
        var attributes = stored.path("attributes");
        var age = attributes.path("age_limit");
        var fields = new Fields(
                attributes.path("name").asString(""),
                attributes.path("is_child_profile").asBoolean(false),
                age.isNumber() ? age.asString() : "");
        return form(200, visit, stored, fields, FormProblems.NONE);
    }

    private static Response change(Visit visit, Form form) {
        var stored = profile(visit);
        var fields = Fields.of(form);
        var answer = visit.users(
                call(visit, "PATCH").changing(TYPE, stored.path("id").asString(), fields::write));
        return answer.isDone() ? done(visit, Notice.PROFILE_SAVED) : form(422, visit, stored, fields, problems(answer));
    }

    private static Response makeDefault(Visit visit, Form form) {
        var stored = profile(visit);
        var answer = visit.users(UserPages.call(visit, "PATCH", "/relationships/default_user_profile")
                .linking(TYPE, stored.path("id").asString()));
        return answer.isDone() ? done(visit, Notice.PROFILE_SAVED) : UserPages.refused(visit, answer);
    }

    private static Response delete(Visit visit, Form form) {
        var _ = profile(visit);
        var answer = visit.users(call(visit, "DELETE"));
        return answer.isDone() ? done(visit, Notice.PROFILE_DELETED) : UserPages.refused(visit, answer);
    }

    private static Response done(Visit visit, Notice notice) {
        return visit.done("/users/" + visit.segment("user_id"), notice);
    }

    private static FormProblems problems(Answer answer) {
        return FormProblems.of(answer, FIELDS);
    }
}
