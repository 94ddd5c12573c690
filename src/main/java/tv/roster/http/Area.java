package tv.roster.http;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import tv.roster.http.Route.Method;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Refusal;

/// A part of the server below one base path: its gate, its routes, and whether it speaks JSON:API.
public final class Area<C> {
    private final String base;
    private final Gate<C> gate;
    private final boolean jsonApi;
    private final List<Route<C>> routes;
    private final RouteTree<C> tree = new RouteTree<>();

    private Area(String base, Gate<C> gate, boolean jsonApi, List<Route<C>> routes) {
        this.base = base;
        this.gate = gate;
        this.jsonApi = jsonApi;
        this.routes = List.copyOf(routes);
        routes.forEach(tree::add);
    }

    /// An area of JSON:API documents; `base` has no slash at its end.
    public static <C> Area<C> ofDocuments(String base, Gate<C> gate, List<Route<C>> routes) {
        return new Area<>(base, gate, true, routes);
    }

    /// An area of pages and files.
    public static Area<Gate.Anybody> ofPages(List<Route<Gate.Anybody>> routes) {
        return new Area<>("", Gate.OPEN, false, routes);
    }

    public String base() {
        return base;
    }

    public List<Route<C>> routes() {
        return routes;
    }

    boolean holds(String path) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    /// Refuses in the contract's order: the caller, the route, the method, the scope, the media types.
    Answer answer(Request request) {
        C caller = gate.admit(request);
        var found = tree.find(request.path(), base.length());
        if (found == null) {
            throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
        }
        if (request.method().equals("OPTIONS")) {
            return Answer.empty(204).with("Allow", allow(found.methods()));
        }
        var route = found.methods().get(request.routedMethod());
        if (route == null) {
            throw new Refusal(
                    List.of(new Problem(
                            ErrorCode.METHOD_NOT_ALLOWED, "This address allows " + allow(found.methods()) + ".")),
                    Map.of("Allow", allow(found.methods())));
        }
        request.enter(base + route.path(), found.variables());
        route.demand().check(caller);
        if (!jsonApi) {
            return PageHeaders.on(route.handler().answer(caller, request));
        }
        Negotiation.check(request);
        return route.handler().answer(caller, request).with("Vary", "Accept");
    }

    private String allow(Map<String, Route<C>> methods) {
        var allow = new StringJoiner(", ");
        for (var method : Method.values()) {
            if (methods.containsKey(method.name())) {
                allow.add(method.name());
                if (method == Method.GET) {
                    allow.add("HEAD");
                }
            }
        }
        return allow.add("OPTIONS").toString();
    }
}
