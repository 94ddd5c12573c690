package tv.roster.platform.http;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.Places;

/// One line of a route table: `path` has literal segments and `{variables}`, and begins with a slash; it is empty for
/// the base of an area.
///
/// @param body        how its handler gets the body, and how long that may be
/// @param subject     finds the resource that the path names; null where there is none, or where it may be missing
/// @param places      where the members that refusals blame are in its body
/// @param takesQuery  whether its handler reads the query; an area of documents refuses all parameters of others
/// @param negotiates  whether its handler judges the media types of the request and the response, instead of its area
public record Route<C>(
        Method method,
        String path,
        Demand<C> demand,
        Handler<C> handler,
        Body body,
        @Nullable Subject<C> subject,
        Places places,
        boolean takesQuery,
        boolean negotiates) {
    /// The most bytes that a body may have, and whether it is read as it arrives instead of as a whole.
    public record Body(long most, boolean streamed) {
        /// What the area has for this method: none for GET.
        static final Body USUAL = whole(-1);

        static final Body NONE = whole(0);

        static Body whole(int most) {
            return new Body(most, false);
        }
    }

    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        /// Without such a route, the response has `Allow` and no body.
        OPTIONS
    }

    public Route(Method method, String path, Demand<C> demand, Handler<C> handler) {
        this(method, path, demand, handler, Body.USUAL, null, Places.NONE, false, false);
    }

    /// The same with another limit to its body, in bytes.
    public Route<C> withLargestBody(int bytes) {
        return new Route<>(method, path, demand, handler, Body.whole(bytes), subject, places, takesQuery, negotiates);
    }

    /// The same for a handler that reads the body as it arrives ([Request#stream]), up to so many bytes.
    public Route<C> withStreamedBody(long bytes) {
        return new Route<>(
                method, path, demand, handler, new Body(bytes, true), subject, places, takesQuery, negotiates);
    }

    /// The same for a resource that has to exist: that it does not is reported before anything that is wrong with the
    /// body.
    public Route<C> about(Subject<C> resource) {
        return new Route<>(method, path, demand, handler, body, resource, places, takesQuery, negotiates);
    }

    /// The same for a handler that reads the parameters of the query, and refuses those that it does not know.
    public Route<C> withQuery() {
        return new Route<>(method, path, demand, handler, body, subject, places, true, negotiates);
    }

    /// The same for a handler that takes or returns other media types than its area, and judges those of the request
    /// itself.
    public Route<C> withOwnMediaTypes() {
        return new Route<>(method, path, demand, handler, body, subject, places, takesQuery, true);
    }

    /// The same with the places of the members that refusals blame.
    public Route<C> blaming(Places members) {
        return new Route<>(method, path, demand, handler, body, subject, members, takesQuery, negotiates);
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
