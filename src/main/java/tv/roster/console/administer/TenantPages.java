package tv.roster.console.administer;

import java.util.Map;
import tv.roster.access.Scope;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.text.Text;

/// `/console/new_tenant`, for administrators of the installation.
public final class TenantPages {
    private static final Map<String, String> FIELDS =
            Map.of("/data/attributes/slug", "slug", "/data/attributes/name", "name");

    private TenantPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get("/new_tenant", Scope.ADMIN, visit -> form(200, visit, "", "", FormProblems.NONE))
                .post("/new_tenant", Scope.ADMIN, TenantPages::create);
    }

    /// The model of the template `console/new_tenant`.
    public record NewTenantPage(Frame frame, String slug, String name, FormProblems problems) {}

    private static Response form(int status, Visit visit, String slug, String name, FormProblems problems) {
        if (visit.agent().tenant() != null) {
            throw new Refusal(
                    ErrorCode.OPERATION_NOT_SUPPORTED, "Only administrators of the installation create tenants.");
        }
        var frame = visit.frame("New tenant", Section.TENANTS);
        return visit.page(status, "new_tenant", new NewTenantPage(frame, slug, name, problems));
    }

    private static Response create(Visit visit, Form form) {
        var slug = Text.strip(form.text("slug"));
        var name = Text.strip(form.text("name"));
        var answer = visit.admin(ApiCall.admin("POST", "/tenants").creating("Tenant", json -> {
            json.writeStringProperty("slug", slug);
            json.writeStringProperty("name", name);
        }));
        return answer.isDone()
                ? visit.doneOutside("/tenants", Notice.TENANT_CREATED)
                : form(422, visit, slug, name, FormProblems.of(answer, FIELDS));
    }
}
