package tv.roster.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// `/guides`: the guides of `docs/`, as they are in the repository.
public final class GuidePages {
    private static final String HEAD = "<script src=\"/pages/guides.js\" defer></script>\n";

    /// The address of the server in the examples, in place of which a page has its own.
    private static final String EXAMPLE = "http://127.0.0.1:8080";

    private static final Pattern DECISION = Pattern.compile("[0-9]{4}-[a-z0-9-]+");
    private static final Pattern PICTURE = Pattern.compile("[a-z0-9-]+\\.png");

    private final Map<String, String> bodies = new ConcurrentHashMap<>();

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get(
                        "/guides",
                        Demand.nothing(),
                        (caller, request) -> Frame.page("Guides", "<h1>Guides</h1>\n" + list())),
                Route.get("/guides/{guide}", Demand.nothing(), (caller, request) -> page(request)),
                Route.get("/guides/decisions/{decision}", Demand.nothing(), (caller, request) -> decision(request)),
                Route.get("/guides/pictures/{picture}", Demand.nothing(), (caller, request) -> picture(request)),
                Files.route("/pages/guides.js", "text/javascript; charset=utf-8", "guides.js"));
    }

    private Response page(Request request) {
        var guide = Guide.named(request.variable("guide"))
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such guide."));
        var html = bodies.computeIfAbsent(guide.path(), path -> Markup.html(guide.markdown()));
        return Frame.page(guide.title(), HEAD, html.replace(EXAMPLE, Markup.escape(request.origin())));
    }

    private Response decision(Request request) {
        var name = request.variable("decision");
        var path = "guides/decisions/" + name + ".md";
        if (!DECISION.matcher(name).matches() || !Files.exists(path)) {
            throw new Refusal(ErrorCode.NOT_FOUND, "There is no such decision.");
        }
        var html = bodies.computeIfAbsent(path, read -> Markup.html(Files.text(read)));
        return Frame.page("Decision " + name.substring(0, 4), HEAD, html);
    }

    private static Response picture(Request request) {
        var name = request.variable("picture");
        var path = "guides/pictures/" + name;
        if (!PICTURE.matcher(name).matches() || !Files.exists(path)) {
            throw new Refusal(ErrorCode.NOT_FOUND, "There is no such picture.");
        }
        return Files.response("image/png", Files.bytes(path));
    }

    /// The guides as a list of links.
    static String list() {
        return Arrays.stream(Guide.values())
                .filter(Guide::isThere)
                .map(guide -> "<li><a href=\"/guides/%s\">%s</a> <span>%s</span></li>"
                        .formatted(guide.file(), guide.title(), guide.summary()))
                .collect(Collectors.joining("\n", "<ul class=\"cards\">\n", "\n</ul>"));
    }
}
