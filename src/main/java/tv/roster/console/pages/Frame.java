package tv.roster.console.pages;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.agents.sessions.SignedIn;
import tv.roster.agents.values.Role;
import tv.roster.platform.http.Request;

/// What surrounds every page: title, navigation, who has signed in, and the token of its forms.
///
/// @param agent  null on pages for nobody in particular, such as signing in
/// @param tenant whose pages these are; null for those of the installation
/// @param notice what has just been done, or null
public record Frame(
        Request request,
        String title,
        @Nullable Section section,
        @Nullable SignedIn agent,
        @Nullable KnownTenant tenant,
        @Nullable String notice) {
    /// The frame of a page for who has not signed in.
    public static Frame ofNobody(Request request, String title) {
        return new Frame(request, title, null, null, null, Notice.of(request));
    }

    /// A line of the navigation.
    public record Entry(String label, String link, boolean isCurrent) {}

    /// The relative link to an absolute path of this server.
    public String to(String path) {
        return Links.from(request, path);
    }

    /// The same to a page of the tenant; `path` begins with a slash.
    public String toTenant(String path) {
        return to(ConsoleDialect.BASE + "/t/" + (tenant == null ? "" : tenant.slug()) + path);
    }

    public String csrf() {
        return agent == null ? "" : FormToken.of(agent);
    }

    /// The link to one of the [ConsoleFiles].
    public String file(String name) {
        return to(ConsoleFiles.path(name));
    }

    /// The sections that the agent may open: those of the tenant, if there is one.
    public List<Entry> ofTenant() {
        return tenant == null ? List.of() : entries(true);
    }

    /// The sections that the agent may open: those of the installation.
    public List<Entry> ofInstallation() {
        return agent == null ? List.of() : entries(false);
    }

    private List<Entry> entries(boolean ofTenant) {
        return Arrays.stream(Section.values())
                .filter(entry -> entry.isOfTenant() == ofTenant && entry != Section.ACCOUNT && mayOpen(entry))
                .map(entry -> new Entry(
                        entry.label(),
                        ofTenant ? toTenant("/" + entry.path()) : to(ConsoleDialect.BASE + "/" + entry.path()),
                        entry == section))
                .toList();
    }

    private boolean mayOpen(Section entry) {
        if (agent == null) {
            return false;
        }
        // An agent of a tenant has nothing to choose from.
        return (entry.scope() == null || agent.role().scopes().contains(entry.scope()))
                && (agent.tenant() == null || entry != Section.TENANTS);
    }

    /// Whether the agent has a role, or more.
    public boolean is(Role role) {
        return agent != null && agent.role().compareTo(role) >= 0;
    }

    public boolean mayChange() {
        return is(Role.AGENT);
    }

    public boolean isManager() {
        return is(Role.MANAGER);
    }
}
