package tv.roster.console.subscribers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;
import tv.roster.console.calls.Answer;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.PageLinks;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.Problem;
import tv.roster.values.text.PercentEncoding;
import tv.roster.values.text.Text;

/// `/console/t/{tenant}/users`: finds subscribers by whatever a caller says of themselves.
public final class SearchPages {
    private static final int SIZE = 25;

    /// What `filter[search]` takes; shorter texts are external ids.
    private static final int SHORTEST = 3;

    private SearchPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get("/t/{tenant_slug}/users", Scope.USERS_READ, SearchPages::show);
    }

    private static Response show(Visit visit) {
        var typed = visit.request().parameter("q");
        var text = Text.strip(typed == null ? "" : typed);
        var answer = visit.users(PageLinks.of(call(text), visit.request(), SIZE));
        var page = answer.isDone() ? found(visit, text, answer) : refused(visit, text, answer);
        return visit.page(200, visit.wantsPart() ? "results" : "search", page);
    }

    private static ApiCall call(String text) {
        var list = ApiCall.users("GET", "/users");
        if (text.isEmpty()) {
            return list.with("sort", "-created_time");
        }
        return text.codePointCount(0, text.length()) < SHORTEST
                ? list.with("filter[external_id]", escaped(text))
                : list.with("filter[search]", escaped(text));
    }

    /// Commas would separate values.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(",", "\\,");
    }

    private static SearchPage found(Visit visit, String text, Answer answer) {
        var rows = answer.data().valueStream().map(Subscriber::of).toList();
        var same = text.isEmpty() ? "" : "q=" + PercentEncoding.encode(text);
        return page(
                visit,
                text,
                rows,
                null,
                PageLinks.to(answer.document(), "prev", same),
                PageLinks.to(answer.document(), "next", same));
    }

    private static SearchPage refused(Visit visit, String text, Answer answer) {
        var problem =
                answer.problems().stream().map(Problem::detail).findFirst().orElseThrow();
        return page(visit, text, List.of(), problem, null, null);
    }

    private static SearchPage page(
            Visit visit,
            String text,
            List<Subscriber> rows,
            @Nullable String problem,
            @Nullable String previous,
            @Nullable String next) {
        return new SearchPage(visit.frame("Subscribers", Section.SUBSCRIBERS), text, rows, problem, previous, next);
    }
}
