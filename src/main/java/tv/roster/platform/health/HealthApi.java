package tv.roster.platform.health;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.http.Route.Method;

/// Whether the server is alive, and whether it is ready, for load balancers and scripts, on a separate port.
public final class HealthApi {
    private final BooleanSupplier alive;
    private final BooleanSupplier ready;

    /// `alive` is false if the process should be restarted, `ready` is false if requests cannot be served now.
    /// Neither waits.
    public HealthApi(BooleanSupplier alive, BooleanSupplier ready) {
        this.alive = alive;
        this.ready = ready;
    }

    /// HAProxy checks `/` by default, with `OPTIONS / HTTP/1.0`.
    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get("/health/live", Demand.nothing(), (caller, request) -> response(alive.getAsBoolean())),
                Route.get("/health/ready", Demand.nothing(), (caller, request) -> ready()),
                Route.get("/", Demand.nothing(), (caller, request) -> ready()),
                new Route<>(
                        Method.OPTIONS,
                        "/",
                        Demand.nothing(),
                        (caller, request) -> ready().with("Allow", "GET, HEAD, OPTIONS")));
    }

    private Response ready() {
        return response(alive.getAsBoolean() && ready.getAsBoolean());
    }

    private static Response response(boolean up) {
        var body = "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}";
        return new Response(
                up ? 200 : 503,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
