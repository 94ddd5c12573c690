package tv.roster.platform.health;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tv.roster.platform.http.Answer;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Route;
import tv.roster.platform.http.Route.Method;

/// Whether the server lives, and whether it can serve: for load balancers and scripts, on a port of its own.
public final class HealthApi {
    private final BooleanSupplier alive;
    private final BooleanSupplier ready;

    /// `alive` tells whether the process is worth keeping, `ready` whether a call could be served now. Neither waits.
    public HealthApi(BooleanSupplier alive, BooleanSupplier ready) {
        this.alive = alive;
        this.ready = ready;
    }

    /// `/` is what HAProxy asks for unless it is told otherwise, by `OPTIONS / HTTP/1.0`.
    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get("/health/live", Demand.nothing(), (caller, request) -> answer(alive.getAsBoolean())),
                Route.get("/health/ready", Demand.nothing(), (caller, request) -> ready()),
                Route.get("/", Demand.nothing(), (caller, request) -> ready()),
                new Route<>(
                        Method.OPTIONS,
                        "/",
                        Demand.nothing(),
                        (caller, request) -> ready().with("Allow", "GET, HEAD, OPTIONS")));
    }

    private Answer ready() {
        return answer(alive.getAsBoolean() && ready.getAsBoolean());
    }

    private static Answer answer(boolean up) {
        var body = "{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}";
        return new Answer(
                up ? 200 : 503,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
