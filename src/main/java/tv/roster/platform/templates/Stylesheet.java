package tv.roster.platform.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.secrets.Sha256;

/// A stylesheet on the class path. Its address changes with its content, so that browsers can cache it forever.
public final class Stylesheet {
    /// Colours, sizes and the look of plain elements, for all pages.
    public static final Stylesheet BASE = of(Stylesheet.class, "base");

    /// The pages for subscribers, and the outbox: all that they need, also for browsers that know no variables.
    public static final Stylesheet PAGES = new Stylesheet(
            "pages", PlainValues.before(read(Stylesheet.class, "base") + "\n" + read(Stylesheet.class, "pages")));

    private final String path;
    private final byte[] css;

    private Stylesheet(String name, String css) {
        this.css = css.getBytes(StandardCharsets.UTF_8);
        path = "/pages/%s-%s.css".formatted(name, HexFormat.of().formatHex(Sha256.hash(this.css), 0, 4));
    }

    /// The file `name.css` in the folder of a class.
    public static Stylesheet of(Class<?> neighbour, String name) {
        return new Stylesheet(name, read(neighbour, name));
    }

    private static String read(Class<?> neighbour, String name) {
        try (var stream = neighbour.getResourceAsStream(name + ".css")) {
            if (stream == null) {
                throw new IllegalStateException(name + ".css is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The absolute path that it is served at.
    public String path() {
        return path;
    }

    public Route<Anybody> route() {
        return Route.get(path, Demand.nothing(), (caller, request) -> response());
    }

    private Response response() {
        return new Response(
                200,
                Map.of(
                        "Content-Type",
                        "text/css; charset=utf-8",
                        "Cache-Control",
                        "public, max-age=31536000, immutable"),
                css);
    }
}
