package tv.roster.platform.http;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.Places;

/// One line of a route table: `path` has literal segments and `{variables}`, and begins with a slash.
///
/// @param largestBody the bytes that its body may have, or [#USUAL_BODY]
/// @param subject     finds the resource that the path names; null where there is none, or where it may be missing
/// @param places      where the members that refusals blame are in its body
/// @param takesQuery  whether its handler reads the query; an area of documents refuses all parameters of others
public record Route<C>(
        Method method,
        String path,
        Demand<C> demand,
        Handler<C> handler,
        int largestBody,
        @Nullable Subject<C> subject,
        Places places,
        boolean takesQuery) {
    /// What the area has for this method: none for GET.
    static final int USUAL_BODY = -1;

    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        /// Answered with `Allow` where there is no such route.
        OPTIONS
    }

    public Route(Method method, String path, Demand<C> demand, Handler<C> handler) {
        this(method, path, demand, handler, USUAL_BODY, null, Places.NONE, false);
    }

    /// The same with another limit to its body, in bytes.
    public Route<C> withLargestBody(int bytes) {
        return new Route<>(method, path, demand, handler, bytes, subject, places, takesQuery);
    }

    /// The same for a resource that has to exist: that it does not is reported before anything that is wrong with the
    /// body.
    public Route<C> about(Subject<C> resource) {
        return new Route<>(method, path, demand, handler, largestBody, resource, places, takesQuery);
    }

    /// The same for a handler that reads the parameters of the query, and refuses those that it does not know.
    public Route<C> withQuery() {
        return new Route<>(method, path, demand, handler, largestBody, subject, places, true);
    }

    /// The same with the places of the members that refusals blame.
    public Route<C> blaming(Places members) {
        return new Route<>(method, path, demand, handler, largestBody, subject, members, takesQuery);
    }

    /// Finds the resource that a path names.
    @FunctionalInterface
    public interface Subject<C> {
        /// Refuses with 404 if there is no such resource.
        void find(C caller, Request request);
    }

    public static <C> Route<C> get(String path, Demand<C> demand, Handler<C> handler) {
        return new Route<>(Method.GET, path, demand, handler);
    }

    public static <C> Route<C> post(String path, Demand<C> demand, Handler<C> handler) {
        return new Route<>(Method.POST, path, demand, handler);
    }

    public static <C> Route<C> put(String path, Demand<C> demand, Handler<C> handler) {
        return new Route<>(Method.PUT, path, demand, handler);
    }

    public static <C> Route<C> patch(String path, Demand<C> demand, Handler<C> handler) {
        return new Route<>(Method.PATCH, path, demand, handler);
    }

    public static <C> Route<C> delete(String path, Demand<C> demand, Handler<C> handler) {
        return new Route<>(Method.DELETE, path, demand, handler);
    }
}
