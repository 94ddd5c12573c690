package tv.roster.platform.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.secrets.Sha256;

/// The stylesheet of all pages. Its address changes with its content, so that browsers can cache it forever.
public final class Stylesheet {
    private static final String CSS = read();
    public static final String PATH = "/pages-" + digest(CSS) + ".css";

    public List<Route<Anybody>> routes() {
        return List.of(Route.get(PATH, Demand.nothing(), (caller, request) -> response()));
    }

    private static Response response() {
        return new Response(
                200,
                Map.of(
                        "Content-Type",
                        "text/css; charset=utf-8",
                        "Cache-Control",
                        "public, max-age=31536000, immutable"),
                CSS.getBytes(StandardCharsets.UTF_8));
    }

    private static String read() {
        try (InputStream stream = Stylesheet.class.getResourceAsStream("pages.css")) {
            if (stream == null) {
                throw new IllegalStateException("pages.css is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)), 0, 4);
    }
}
