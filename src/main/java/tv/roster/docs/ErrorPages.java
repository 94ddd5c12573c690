package tv.roster.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// `/errors/{code}`: the meaning of each code with an example; `links.about` of an error refers to it.
public final class ErrorPages {
    private final Once<Map<String, String>> guide = new Once<>(ErrorGuide::sections);

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get("/errors", Demand.nothing(), (caller, request) -> list()),
                Route.get("/errors/{code}", Demand.nothing(), (caller, request) -> page(request)));
    }

    private static Response list() {
        var rows = Arrays.stream(ErrorCode.values())
                .map(code -> "<tr><td>%d</td><td><a href=\"/errors/%s\"><code>%s</code></a></td><td>%s</td></tr>"
                        .formatted(code.status(), code.code(), code.code(), Markup.escape(code.title())))
                .collect(Collectors.joining("\n"));
        var body = """
                <h1>Error codes</h1>
                <p>Every error has an HTTP status and a <code>code</code>; write programs against the code. All problems
                of a body are told at once.</p>
                <div class="wide codes" tabindex="0"><table>
                <thead><tr><th>Status</th><th>Code</th><th>In words</th></tr></thead>
                <tbody>
                %s
                </tbody></table></div>
                """.formatted(rows);
        return Frame.page("Error codes", body);
    }

    private Response page(Request request) {
        var code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.code().equals(request.variable("code")))
                .findFirst()
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such error code."));
        var text = guide.get().getOrDefault(code.code(), "**What to do:** " + code.remedy());
        var body = """
                <p class="crumb"><a href="/errors">Error codes</a></p>
                <h1>%s</h1>
                <p><span class="status">%d</span> <code>%s</code></p>
                %s
                """.formatted(Markup.escape(code.title()), code.status(), code.code(), Markup.html(text));
        return Frame.page(code.title() + " (" + code.code() + ")", body);
    }
}
