package tv.roster.platform.http;

/// One line of a route table: `path` has literal segments and `{variables}`, and begins with a slash.
///
/// @param largestBody the bytes that its body may have, or [#USUAL_BODY]
public record Route<C>(Method method, String path, Demand<C> demand, Handler<C> handler, int largestBody) {
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
        this(method, path, demand, handler, USUAL_BODY);
    }

    /// The same with another limit to its body, in bytes.
    public Route<C> withLargestBody(int bytes) {
        return new Route<>(method, path, demand, handler, bytes);
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
