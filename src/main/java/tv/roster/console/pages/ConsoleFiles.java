package tv.roster.console.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gzip;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.secrets.Sha256;
import tv.roster.platform.templates.Stylesheet;

/// The styles and scripts of the console. Their addresses change with their content, so that browsers can keep them.
public final class ConsoleFiles {
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    /// The folder of all of them.
    static final String FOLDER = "/console/files/";

    private static final Map<String, ConsoleFiles> ALL = Map.of(
            "base", new ConsoleFiles(Stylesheet.class, "base.css", "text/css"),
            "style", new ConsoleFiles(ConsoleFiles.class, "console.css", "text/css"),
            "htmx", new ConsoleFiles(ConsoleFiles.class, HTMX, "text/javascript"),
            "script", new ConsoleFiles(ConsoleFiles.class, "console.js", "text/javascript"));

    private final String path;
    private final Response response;
    private final Response compressed;

    private ConsoleFiles(Class<?> neighbour, String file, String type) {
        try (var stream = Objects.requireNonNull(neighbour.getResourceAsStream(file), file)) {
            var bytes = stream.readAllBytes();
            path = FOLDER + HexFormat.of().formatHex(Sha256.hash(bytes), 0, 4) + "-"
                    + file.substring(file.lastIndexOf('/') + 1);
            var headers = Map.of(
                    "Content-Type",
                    type + "; charset=utf-8",
                    "Cache-Control",
                    "public, max-age=31536000, immutable",
                    "Vary",
                    "Accept-Encoding");
            response = new Response(200, headers, bytes);
            compressed = new Response(200, headers, Gzip.compressed(bytes)).with("Content-Encoding", "gzip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The absolute path of `base`, `style`, `htmx` or `script`.
    static String path(String name) {
        return Objects.requireNonNull(ALL.get(name), name).path;
    }

    /// The routes of all of them, below the base of the console.
    public static List<Route<Visitor>> routes() {
        return ALL.values().stream().map(ConsoleFiles::route).toList();
    }

    private Route<Visitor> route() {
        return Route.get(
                path.substring(ConsoleDialect.BASE.length()),
                Demand.nothing(),
                (visitor, request) -> Gzip.isAccepted(request) ? compressed : response);
    }
}
