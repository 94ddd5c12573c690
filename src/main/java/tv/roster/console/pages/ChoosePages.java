package tv.roster.console.pages;

import java.util.List;
import tv.roster.access.KnownTenant;
import tv.roster.access.Scope;
import tv.roster.platform.http.Response;

/// `/console` leads to where an agent works; one of the installation chooses a tenant first.
public final class ChoosePages {
    private ChoosePages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get("", null, ChoosePages::lead)
                .get("/t/{tenant_slug}", Scope.USERS_READ, visit -> subscribers(visit, visit.tenant()))
                .get("/tenants", Scope.USERS_READ, ChoosePages::choose);
    }

    /// The model of the template `console/choose`.
    public record ChoosePage(Frame frame, List<KnownTenant> tenants) {
        public ChoosePage {
            tenants = List.copyOf(tenants);
        }
    }

    private static Response lead(Visit visit) {
        return visit.tools().tenantsOf(visit.agent()).stream()
                .filter(tenant -> tenant.id().equals(visit.agent().tenant()))
                .findFirst()
                .map(tenant -> subscribers(visit, tenant))
                .orElseGet(() -> visit.tools().redirect(visit.request(), ConsoleDialect.BASE + "/tenants"));
    }

    private static Response subscribers(Visit visit, KnownTenant tenant) {
        return visit.tools().redirect(visit.request(), ConsoleDialect.BASE + "/t/" + tenant.slug() + "/users");
    }

    private static Response choose(Visit visit) {
        return visit.page(
                200,
                "choose",
                new ChoosePage(
                        visit.frame("Tenants", Section.TENANTS), visit.tools().tenantsOf(visit.agent())));
    }
}
