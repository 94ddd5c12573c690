package tv.roster;

import java.net.URI;
import java.util.ArrayList;
import java.util.Optional;
import tv.roster.access.Access;
import tv.roster.access.Directory;
import tv.roster.console.account.AccountPages;
import tv.roster.console.account.Entrance;
import tv.roster.console.account.ProviderPages;
import tv.roster.console.account.SetupPages;
import tv.roster.console.account.SignInPages;
import tv.roster.console.administer.AgentPages;
import tv.roster.console.administer.AuditPages;
import tv.roster.console.administer.KeyPages;
import tv.roster.console.administer.SettingsPages;
import tv.roster.console.administer.TenantPages;
import tv.roster.console.calls.ApiCalls;
import tv.roster.console.manage.DeletedPages;
import tv.roster.console.manage.ExportPages;
import tv.roster.console.manage.ImportPages;
import tv.roster.console.manage.WebhookPages;
import tv.roster.console.overview.OverviewPages;
import tv.roster.console.pages.ChoosePages;
import tv.roster.console.pages.ConsoleDialect;
import tv.roster.console.pages.ConsoleFiles;
import tv.roster.console.pages.ConsoleGate;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.ConsoleTools;
import tv.roster.console.pages.RefusedView;
import tv.roster.console.pages.Visitor;
import tv.roster.console.subscribers.ActionPages;
import tv.roster.console.subscribers.EditPages;
import tv.roster.console.subscribers.Looks;
import tv.roster.console.subscribers.ProfilePages;
import tv.roster.console.subscribers.SearchPages;
import tv.roster.console.subscribers.UserPages;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Route;
import tv.roster.platform.templates.Templates;

/// The console for support agents: its pages, which make calls of the public APIs.
final class AgentConsole {
    private final Area<Visitor> area;

    /// @param url where agents find it; empty: where their browsers say
    AgentConsole(
            Optional<URI> url,
            Access access,
            Directory directory,
            SupportAgents agents,
            ApiCalls calls,
            Database database,
            EventLines lines,
            OverviewPages overview) {
        var templates = new Templates();
        var tools = new ConsoleTools(calls, directory, agents.sessions(), agents::nameOf, templates);
        var pages = new ConsoleRoutes(tools);
        var entrance = new Entrance(tools);
        new SignInPages(
                        agents.signIn(),
                        agents.sessions(),
                        entrance,
                        agents.provider().isPresent())
                .addTo(pages);
        agents.provider().ifPresent(provider -> new ProviderPages(provider, entrance, url).addTo(pages));
        new SetupPages(agents.links(), entrance).addTo(pages);
        new AccountPages(agents.ownAccount(), agents.sessions(), entrance).addTo(pages);
        ChoosePages.addTo(pages);
        SearchPages.addTo(pages);
        new UserPages(new Looks(database, lines)).addTo(pages);
        EditPages.addTo(pages);
        ActionPages.addTo(pages);
        ProfilePages.addTo(pages);
        new DeletedPages(lines.clock()).addTo(pages);
        ImportPages.addTo(pages);
        ExportPages.addTo(pages);
        WebhookPages.addTo(pages);
        KeyPages.addTo(pages);
        SettingsPages.addTo(pages);
        AgentPages.addTo(pages);
        AuditPages.addTo(pages);
        TenantPages.addTo(pages);
        overview.addTo(pages);
        var routes = new ArrayList<Route<Visitor>>(ConsoleFiles.routes());
        routes.addAll(pages.all());
        area = Area.of(
                ConsoleDialect.BASE,
                new ConsoleGate(access, agents.sessions()),
                new ConsoleDialect(new RefusedView(templates)::show),
                routes);
    }

    Area<Visitor> area() {
        return area;
    }
}
