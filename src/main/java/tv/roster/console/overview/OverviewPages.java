package tv.roster.console.overview;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.access.Scope;
import tv.roster.console.overview.RecentCalls.Minute;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Response;
import tv.roster.values.ids.TenantId;

/// `/console/overview`: the numbers of the installation, or for an administrator of a tenant its own
/// alone.
public final class OverviewPages {
    private final RecentCalls calls;
    private final Overview overview;
    private final InstantSource clock;

    public OverviewPages(RecentCalls calls, Overview overview, InstantSource clock) {
        this.calls = calls;
        this.overview = overview;
        this.clock = clock;
    }

    public void addTo(ConsoleRoutes routes) {
        routes.get("/overview", Scope.ADMIN, this::show);
    }

    private Response show(Visit visit) {
        var tenant = visit.agent().tenant();
        var minutes = calls.minutes(tenant);
        var charts = List.of(
                MinuteChart.of("calls", "Calls", "calls", minutes, Minute::calls),
                MinuteChart.of("rejected", "Rejected calls", "rejected", minutes, Minute::rejected),
                MinuteChart.of("failed", "Failed calls", "failed", minutes, Minute::failed));
        var users = overview.users(tenant);
        var work = overview.work(tenant);
        var undelivered = overview.undelivered(tenant);
        return visit.page(
                200,
                visit.wantsPart() ? "overview_figures" : "overview",
                new OverviewPage(
                        visit.frame("Overview", Section.OVERVIEW),
                        tenant == null ? null : name(visit, tenant),
                        clock.instant().getEpochSecond(),
                        calls.begunTime(),
                        minutes,
                        charts,
                        users,
                        work,
                        undelivered));
    }

    private static @Nullable String name(Visit visit, TenantId tenant) {
        return visit.tools().directory().tenant(tenant).map(KnownTenant::name).orElse(null);
    }
}
