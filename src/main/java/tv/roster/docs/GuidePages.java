package tv.roster.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Guide, Response> pages = new ConcurrentHashMap<>();

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get(
                        "/guides",
                        Demand.nothing(),
                        (caller, request) -> Frame.page("Guides", "<h1>Guides</h1>\n" + list())),
                Route.get("/guides/{guide}", Demand.nothing(), (caller, request) -> page(request)));
    }

    private Response page(Request request) {
        var guide = Guide.named(request.variable("guide"))
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such guide."));
        return pages.computeIfAbsent(guide, made -> Frame.page(made.title(), Markup.html(made.markdown())));
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
