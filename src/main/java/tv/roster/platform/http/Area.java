package tv.roster.platform.http;

import static tv.roster.platform.problems.ErrorCode.NOT_FOUND;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tv.roster.platform.http.Route.Method;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;

/// A part of the server below one base path: its gate, its routes, and what it speaks.
public final class Area<C> {
    public static final String EVERY_METHOD = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final Set<Integer> BODY_REFUSALS = Set.of(400, 406, 409, 413, 415, 422);
    private static final Set<ErrorCode> ABOUT_HEADERS =
            Set.of(ErrorCode.BAD_HEADER, ErrorCode.IDEMPOTENCY_IN_PROGRESS, ErrorCode.IDEMPOTENCY_KEY_REUSED);

    private final String base;
    private final Gate<C> gate;
    private final Dialect dialect;
    private final Route.Body usualBody;
    private final List<Route<C>> routes;
    private final RouteTree<C> tree;

    private Area(String base, Gate<C> gate, Dialect dialect, List<Route<C>> routes) {
        this.base = base;
        this.tree = new RouteTree<>(base);
        this.gate = gate;
        this.dialect = dialect;
        this.usualBody = Route.Body.whole(dialect.largestBody());
        this.routes = List.copyOf(routes);
        routes.forEach(tree::add);
    }

    /// An area of calls; `base` has no slash at its end.
    public static <C> Area<C> of(String base, Gate<C> gate, Dialect dialect, List<Route<C>> routes) {
        return new Area<>(base, gate, dialect, routes);
    }

    /// An area of pages and files, open to everybody.
    public static Area<Gate.Anybody> ofPages(Dialect dialect, List<Route<Gate.Anybody>> routes) {
        return new Area<>("", Gate.OPEN, dialect, routes);
    }

    public String base() {
        return base;
    }

    public List<Route<C>> routes() {
        return routes;
    }

    public Dialect dialect() {
        return dialect;
    }

    public boolean holds(String path) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    /// Where a request has been let in, before its body is looked at.
    public interface Entry {
        /// How the body is read for it.
        Route.Body body();

        /// Takes the request, whose body has arrived unless it is streamed.
        Response respond();

        /// One that needs no more looking at.
        static Entry to(Response response) {
            return new Entry() {
                @Override
                public Route.Body body() {
                    return Route.Body.NONE;
                }

                @Override
                public Response respond() {
                    return response;
                }
            };
        }
    }

    /// Refuses in the contract's order: the caller, the route, the method, the scope, the media types.
    public Entry enter(Request request) {
        return enter(gate.admit(request), request);
    }

    /// The same for a caller that somebody else has let in, such as a page that makes calls for who looks at it.
    public Entry enter(C caller, Request request) {
        request.comesFrom(caller);
        request.belongsTo(gate.owner(caller));
        var found = tree.find(request.path(), base.length());
        if (found == null) {
            throw new Refusal(NOT_FOUND, "There is nothing at this address.");
        }
        if (request.method().equals("OPTIONS") && !found.methods().containsKey("OPTIONS")) {
            return Entry.to(Response.empty(204).with("Allow", allow(found.methods())));
        }
        var route = found.methods().get(request.routedMethod());
        if (route == null) {
            throw new Refusal(
                    List.of(new Problem(
                            ErrorCode.METHOD_NOT_ALLOWED, "This address allows " + allow(found.methods()) + ".")),
                    Map.of("Allow", allow(found.methods())));
        }
        request.enter(found.template(), found.variables(), route.places());
        check(caller, route.demand());
        if (!route.negotiates()) {
            negotiate(caller, request, route);
        }
        return new Admitted<>(this, caller, request, route);
    }

    private void check(C caller, Demand<C> demand) {
        try {
            demand.check(caller);
        } catch (Refusal refusal) {
            gate.lacks(caller, demand);
            throw refusal;
        }
    }

    private void negotiate(C caller, Request request, Route<C> route) {
        try {
            dialect.negotiate(request);
        } catch (Refusal refusal) {
            throw missingFirst(caller, request, route, refusal);
        }
    }

    private record Admitted<C>(Area<C> area, C caller, Request request, Route<C> route) implements Entry {
        @Override
        public Route.Body body() {
            return route.body().equals(Route.Body.USUAL) ? area.usualBody(route.method()) : route.body();
        }

        @Override
        public Response respond() {
            return area.respond(this);
        }
    }

    private Route.Body usualBody(Method method) {
        return method == Method.GET || method == Method.OPTIONS ? Route.Body.NONE : usualBody;
    }

    private Response respond(Admitted<C> one) {
        try {
            dialect.checkQuery(one.request(), one.route());
            return dialect.complete(one.route().handler().handle(one.caller(), one.request()));
        } catch (Refusal refusal) {
            throw missingFirst(one.caller(), one.request(), one.route(), refusal);
        }
    }

    /// That what the path names does not exist goes before all that is wrong with the body. To look only after a
    /// refusal
    /// keeps good calls at one statement.
    private static <C> Refusal missingFirst(C caller, Request request, Route<C> route, Refusal refusal) {
        boolean isAboutBody = BODY_REFUSALS.contains(refusal.status())
                && !ABOUT_HEADERS.contains(refusal.problems().getFirst().code());
        if (route.subject() == null || !isAboutBody) {
            return refusal;
        }
        try {
            route.subject().find(caller, request);
            return refusal;
        } catch (Refusal missing) {
            return missing.status() == NOT_FOUND.status() ? missing : refusal;
        }
    }

    private String allow(Map<String, Route<C>> methods) {
        var allow = new StringJoiner(", ");
        for (var method : Method.values()) {
            if (method != Method.OPTIONS && methods.containsKey(method.name())) {
                allow.add(method.name());
                if (method == Method.GET) {
                    allow.add("HEAD");
                }
            }
        }
        return allow.add("OPTIONS").toString();
    }
}
