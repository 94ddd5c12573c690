package tv.roster.http;

import static tv.roster.jsonapi.ErrorCode.NOT_FOUND;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tv.roster.http.Route.Method;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Refusal;

/// A part of the server below one base path: its gate, its routes, and whether it speaks JSON:API.
public final class Area<C> {
    static final String EVERY_METHOD = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final Set<Integer> BODY_REFUSALS = Set.of(400, 406, 409, 413, 415, 422);
    private static final Set<ErrorCode> ABOUT_HEADERS =
            Set.of(ErrorCode.BAD_HEADER, ErrorCode.IDEMPOTENCY_IN_PROGRESS, ErrorCode.IDEMPOTENCY_KEY_REUSED);

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

    /// Whether its answers are JSON:API documents.
    public boolean speaksJsonApi() {
        return jsonApi;
    }

    boolean holds(String path) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    /// Refuses in the contract's order: the caller, the route, the method, the scope, the media types.
    Answer answer(Request request) {
        C caller = gate.admit(request);
        var found = tree.find(request.path(), base.length());
        if (found == null) {
            throw new Refusal(NOT_FOUND, "There is nothing at this address.");
        }
        if (request.method().equals("OPTIONS") && !found.methods().containsKey("OPTIONS")) {
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
        check(caller, route.demand());
        if (!jsonApi) {
            return PageHeaders.on(route.handler().answer(caller, request));
        }
        try {
            Negotiation.check(request);
            return route.handler().answer(caller, request).with("Vary", "Accept");
        } catch (Refusal refusal) {
            throw isAboutNothing(caller, request, found, refusal)
                    ? new Refusal(NOT_FOUND, "There is nothing with this id.")
                    : refusal;
        }
    }

    private void check(C caller, Demand<C> demand) {
        try {
            demand.check(caller);
        } catch (Refusal refusal) {
            gate.lacks(caller, demand);
            throw refusal;
        }
    }

    /// Whether what the body was meant for does not exist, so that 404 goes before all that is wrong with the body. To
    /// ask only after a refusal keeps good calls at one statement. PUT makes what does not exist.
    private static <C> boolean isAboutNothing(C caller, Request request, RouteTree.Found<C> found, Refusal refusal) {
        var reading = found.methods().get(Method.GET.name());
        boolean wroteToOne = !found.variables().isEmpty()
                && !request.routedMethod().equals("GET")
                && !request.method().equals("PUT");
        boolean looksAtBody = BODY_REFUSALS.contains(refusal.status())
                && !ABOUT_HEADERS.contains(refusal.problems().getFirst().code());
        if (reading == null || !wroteToOne || !looksAtBody) {
            return false;
        }
        try {
            reading.handler().answer(caller, request);
            return false;
        } catch (Refusal missing) {
            return missing.status() == NOT_FOUND.status();
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
