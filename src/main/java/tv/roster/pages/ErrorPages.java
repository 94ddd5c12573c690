package tv.roster.pages;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tv.roster.http.Answer;
import tv.roster.http.Demand;
import tv.roster.http.Gate.Anybody;
import tv.roster.http.Request;
import tv.roster.http.Route;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Refusal;

/// `/errors/{code}`: what each code means and what to do, where `links.about` of an error leads.
public final class ErrorPages {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <body>
            <h1>%1$s</h1>
            %2$s
            </body>
            </html>
            """;

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get("/errors", Demand.nothing(), (caller, request) -> list()),
                Route.get("/errors/{code}", Demand.nothing(), (caller, request) -> page(request)));
    }

    private static Answer list() {
        var rows = Arrays.stream(ErrorCode.values())
                .map(code -> "<li>%d <a href=\"/errors/%s\"><code>%s</code></a></li>"
                        .formatted(code.status(), code.code(), code.code()))
                .collect(Collectors.joining("\n"));
        return Answer.html(200, PAGE.formatted("Error codes", "<ul>\n" + rows + "\n</ul>"));
    }

    private static Answer page(Request request) {
        var code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.code().equals(request.variable("code")))
                .findFirst()
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such error code."));
        var body = "<p>Status %d, code <code>%s</code>.</p>\n<p>%s</p>\n<p><a href=\"/errors\">All codes</a></p>"
                .formatted(code.status(), code.code(), code.remedy().replaceAll("`([^`]*)`", "<code>$1</code>"));
        return Answer.html(200, PAGE.formatted(code.title(), body));
    }
}
