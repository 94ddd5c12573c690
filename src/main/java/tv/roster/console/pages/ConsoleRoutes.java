package tv.roster.console.pages;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;
import tv.roster.agents.sessions.SignedIn;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Form;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The route table of the pages for agents who have signed in. Paths that begin with `/t/{tenant_slug}` are about that
/// tenant, if the agent may work for it.
public final class ConsoleRoutes {
    private static final String TENANT = "tenant_slug";
    private static final String OF_TENANT = "/t/{" + TENANT + "}";

    private final ConsoleTools tools;
    private final List<Route<Visitor>> routes = new ArrayList<>();

    public ConsoleRoutes(ConsoleTools tools) {
        this.tools = tools;
    }

    /// Shows a page.
    @FunctionalInterface
    public interface Page {
        Response show(Visit visit);
    }

    /// Shows a page to who may not have signed in.
    @FunctionalInterface
    public interface OpenPage {
        Response respond(Visitor visitor, Request request);
    }

    /// Does what a form asks for.
    @FunctionalInterface
    public interface Action {
        Response act(Visit visit, Form form);
    }

    /// A page for all agents with the scope; null for everybody who has signed in.
    public ConsoleRoutes get(String path, @Nullable Scope scope, Page page) {
        routes.add(Route.get(path, demand(scope), (visitor, request) -> page.show(visit(visitor, request, path))));
        return this;
    }

    /// A form that changes something. Calls of APIs check the scope again.
    public ConsoleRoutes post(String path, @Nullable Scope scope, Action action) {
        routes.add(Route.post(path, demand(scope), (visitor, request) -> {
            var visit = visit(visitor, request, path);
            return action.act(visit, visit.form());
        }));
        return this;
    }

    /// A form with a file, whose body the page reads as it arrives; it has to call [Visit#requireToken].
    public ConsoleRoutes upload(String path, Scope scope, long mostBytes, Page page) {
        routes.add(
                Route.<Visitor>post(path, demand(scope), (visitor, request) -> page.show(visit(visitor, request, path)))
                        .withStreamedBody(mostBytes));
        return this;
    }

    /// A page for everybody, such as the one to sign in.
    public ConsoleRoutes open(String path, OpenPage page) {
        routes.add(Route.get(path, Demand.nothing(), page::respond));
        return this;
    }

    /// A form for everybody. That it comes from a page of the console, the gate has seen to.
    public ConsoleRoutes openForm(String path, OpenPage page) {
        routes.add(Route.post(path, Demand.nothing(), page::respond));
        return this;
    }

    public List<Route<Visitor>> all() {
        return List.copyOf(routes);
    }

    private Visit visit(Visitor visitor, Request request, String path) {
        var agent = signedIn(visitor);
        var tenant = path.startsWith(OF_TENANT) ? tools.tenant(agent, request.variable(TENANT)) : null;
        return new Visit(request, agent, visitor.from(), tenant, tools);
    }

    private static SignedIn signedIn(Visitor visitor) {
        if (visitor.agent() == null) {
            throw new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first.");
        }
        return visitor.agent();
    }

    private static Demand<Visitor> demand(@Nullable Scope scope) {
        return visitor -> {
            var agent = signedIn(visitor);
            if (scope != null && !agent.role().scopes().contains(scope)) {
                throw new Refusal(
                        ErrorCode.INSUFFICIENT_SCOPE,
                        "Your role, " + agent.role() + ", does not include this. An administrator can change it.");
            }
        };
    }
}
