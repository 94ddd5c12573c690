package tv.roster.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;

/// Files on the class path.
final class Files {
    private Files() {}

    static boolean exists(String path) {
        return Files.class.getResource(path) != null;
    }

    static byte[] bytes(String path) {
        try (var stream = Files.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(stream, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    static Response response(String contentType, byte[] bytes) {
        return new Response(200, Map.of("Content-Type", contentType, "Cache-Control", "max-age=3600"), bytes);
    }

    /// A route that serves a file, which is read at the first request and then cached.
    static Route<Anybody> route(String address, String contentType, String path) {
        var response = new Once<>(() -> response(contentType, bytes(path)));
        return Route.get(address, Demand.nothing(), (caller, request) -> response.get());
    }
}
