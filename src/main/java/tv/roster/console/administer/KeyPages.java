package tv.roster.console.administer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;
import tv.roster.console.calls.Answer;
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
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// `/console/t/{tenant}/keys`: the keys of a tenant. A secret is on the page that made it, and nowhere else.
public final class KeyPages {
    private static final String NEW = "/t/{tenant_slug}/new_key";
    private static final String ONE = "/t/{tenant_slug}/keys/{api_key_id}";
    private static final int SIZE = 50;
    private static final int HOUR = 3600;

    private KeyPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get("/t/{tenant_slug}/keys", Scope.ADMIN, KeyPages::list)
                .get(NEW, Scope.ADMIN, visit -> form(200, visit, KeyForm.USUAL, FormProblems.NONE))
                .post(NEW, Scope.ADMIN, KeyPages::create)
                .get(ONE + "/rotate", Scope.ADMIN, visit -> ask(200, visit, "rotate_key", FormProblems.NONE))
                .post(ONE + "/rotate", Scope.ADMIN, KeyPages::rotate)
                .get(ONE + "/revoke", Scope.ADMIN, visit -> ask(200, visit, "revoke_key", FormProblems.NONE))
                .post(ONE + "/revoke", Scope.ADMIN, KeyPages::revoke);
    }

    /// The model of the template `console/keys`.
    public record KeysPage(
            Frame frame,
            List<Key> keys,
            @Nullable String previous,
            @Nullable String next) {
        public KeysPage {
            keys = List.copyOf(keys);
        }
    }

    /// The model of the template `console/new_key`.
    public record NewKeyPage(Frame frame, KeyForm form, List<String> scopes, FormProblems problems) {
        public NewKeyPage {
            scopes = List.copyOf(scopes);
        }
    }

    /// The model of the templates `console/rotate_key` and `console/revoke_key`.
    public record KeyPage(Frame frame, Key key, FormProblems problems) {}

    /// The model of the template `console/key_secret`.
    public record SecretPage(Frame frame, Key key, String secret, String url) {
        @Override
        public String toString() {
            return "SecretPage[" + key.id() + "]";
        }
    }

    private static ApiCall ofTenant(Visit visit, String method) {
        return ApiCall.admin(method, "/tenants/" + visit.tenant().id() + "/api_keys");
    }

    private static Response list(Visit visit) {
        var answer = visit.admin(PageLinks.of(ofTenant(visit, "GET"), visit.request(), SIZE));
        return visit.page(
                200,
                "keys",
                new KeysPage(
                        visit.frame("API keys", Section.KEYS),
                        answer.data().valueStream().map(Key::of).toList(),
                        PageLinks.to(answer.document(), "prev", ""),
                        PageLinks.to(answer.document(), "next", "")));
    }

    private static Response form(int status, Visit visit, KeyForm form, FormProblems problems) {
        var frame = visit.frame("New key", Section.KEYS);
        return visit.page(status, "new_key", new NewKeyPage(frame, form, KeyForm.allScopes(), problems));
    }

    private static Response create(Visit visit, Form sent) {
        var form = KeyForm.of(sent);
        if (!form.hasDate()) {
            return form(422, visit, form, FormProblems.of("expires", "Write a day such as 2027-12-31."));
        }
        var answer = visit.admin(ofTenant(visit, "POST").creating("ApiKey", form::write));
        return answer.isDone()
                ? secret(visit, answer)
                : form(422, visit, form, FormProblems.of(answer, KeyForm.FIELDS, form.lines()));
    }

    private static Response secret(Visit visit, Answer answer) {
        var secret = answer.data().path("attributes").path("secret").asString();
        return visit.page(
                200,
                "key_secret",
                new SecretPage(
                        visit.frame("The new secret", Section.KEYS),
                        Key.of(answer.data()),
                        secret,
                        visit.request().origin()));
    }

    /// The key in the path, if it is one of the tenant in the path.
    private static Key key(Visit visit) {
        var found = visit.admin(call(visit, "GET", "")).data();
        var tenant = found.path("relationships").path("tenant").path("data").path("id");
        if (!tenant.asString("").equals(visit.tenant().id().toString())) {
            throw new Refusal(ErrorCode.NOT_FOUND, "There is no such key.");
        }
        return Key.of(found);
    }

    private static ApiCall call(Visit visit, String method, String rest) {
        return ApiCall.admin(method, "/api_keys/" + visit.segment("api_key_id") + rest);
    }

    private static Response ask(int status, Visit visit, String template, FormProblems problems) {
        var key = key(visit);
        return visit.page(status, template, new KeyPage(visit.frame(key.name(), Section.KEYS), key, problems));
    }

    private static Response rotate(Visit visit, Form form) {
        key(visit);
        var hours = form.text("overlap_hours");
        if (!hours.matches("[0-9]{1,3}")) {
            return ask(422, visit, "rotate_key", FormProblems.of("overlap_hours", "Write a number of hours."));
        }
        var answer = visit.admin(call(visit, "POST", "/rotations")
                .creating(
                        "ApiKeyRotation",
                        json -> json.writeNumberProperty("overlap_seconds", Integer.parseInt(hours) * (long) HOUR)));
        return answer.isDone() ? secret(visit, answer) : ask(409, visit, "rotate_key", problems(answer));
    }

    private static Response revoke(Visit visit, Form form) {
        key(visit);
        var answer = visit.admin(call(visit, "DELETE", ""));
        return answer.isDone() ? visit.done("/keys", Notice.REVOKED) : ask(409, visit, "revoke_key", problems(answer));
    }

    private static FormProblems problems(Answer answer) {
        return FormProblems.of(answer, Map.of("/data/attributes/overlap_seconds", "overlap_hours"));
    }
}
