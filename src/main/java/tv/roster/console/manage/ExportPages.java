package tv.roster.console.manage;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tv.roster.access.Scope;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Response;

/// `/console/t/{tenant}/exports`: all subscribers, or some of them, as a file.
public final class ExportPages {
    private static final String EXPORTS = "/t/{tenant_slug}/exports";
    private static final String SET = "yes";

    private ExportPages() {}

    public static void addTo(ConsoleRoutes routes) {
        routes.get(EXPORTS, Scope.BULK, visit -> form(200, visit, FormProblems.NONE))
                .get(EXPORTS + "/users", Scope.BULK, ExportPages::export);
    }

    /// The model of the template `console/exports`.
    ///
    /// @param catalogue the flags that subscribers can have
    public record ExportPage(Frame frame, List<String> catalogue, FormProblems problems) {
        public ExportPage {
            catalogue = List.copyOf(catalogue);
        }
    }

    private static Response form(int status, Visit visit, FormProblems problems) {
        return visit.page(
                status, "exports", new ExportPage(visit.frame("Exports", Section.EXPORTS), catalogue(visit), problems));
    }

    private static List<String> catalogue(Visit visit) {
        return visit.tenant().flags().stream().sorted().toList();
    }

    private static Response export(Visit visit) {
        var answer = visit.users(call(visit));
        return answer.isDone()
                ? answer.response().with("Cache-Control", "no-store")
                : form(answer.problems().getFirst().code().status(), visit, FormProblems.of(answer, Map.of()));
    }

    private static ApiCall call(Visit visit) {
        var request = visit.request();
        var call = ApiCall.users("GET", "/exports/users")
                .withHeader("accept", "csv".equals(request.parameter("format")) ? "text/csv" : "application/x-ndjson");
        var state = request.parameter("registration_state");
        if (state != null && !state.isEmpty()) {
            call = call.with("filter[registration_state]", state);
        }
        var flags = catalogue(visit).stream()
                .filter(flag -> SET.equals(request.parameter("flag_" + flag)))
                .collect(Collectors.joining(","));
        return flags.isEmpty() ? call : call.with("filter[user_flags]", flags);
    }
}
