package tv.roster.console.manage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.Problem;

/// `/console/t/{tenant}/imports/{id}`: the progress of an import, what it has rejected, and its end.
public final class ImportPages {
    private static final String ONE = "/t/{tenant_slug}/imports/{import_id}";
    private static final int SHOWN = 100;

    private ImportPages() {}

    public static void addTo(ConsoleRoutes routes) {
        UploadPages.addTo(routes);
        routes.get(ONE, Scope.BULK, visit -> show(200, visit, null))
                .get(ONE + "/rejected_rows", Scope.BULK, ImportPages::rejectedRows)
                .post(ONE + "/cancel", Scope.BULK, (visit, form) -> cancel(visit))
                .get(ONE + "/delete", Scope.BULK, visit -> visit.page(200, "delete_import", page(visit, null)))
                .post(ONE + "/delete", Scope.BULK, (visit, form) -> delete(visit));
    }

    /// The model of the templates `console/import_job` and `console/delete_import`.
    ///
    /// @param rejected the first rows that were rejected, once it has ended
    /// @param problem  why what the agent wanted was not done, or null
    public record ImportPage(
            Frame frame,
            ImportJob job,
            List<RejectedSample.Row> rejected,
            @Nullable String problem) {
        public ImportPage {
            rejected = List.copyOf(rejected);
        }

        /// The link to this page or one below it.
        public String to(String rest) {
            return frame.toTenant("/imports/" + job.id() + rest);
        }

        @Override
        public String toString() {
            return "ImportPage[" + job.id() + "]";
        }
    }

    private static Response show(int status, Visit visit, @Nullable String problem) {
        return visit.page(status, visit.wantsPart() ? "import_progress" : "import_job", page(visit, problem));
    }

    private static ImportPage page(Visit visit, @Nullable String problem) {
        var job = ImportJob.of(visit.users(call(visit, "GET", "")).data());
        var rejected = job.isActive() || job.rows().rejected() == 0
                ? List.<RejectedSample.Row>of()
                : RejectedSample.of(
                        visit.users(call(visit, "GET", "/rejected_rows").withHeader("accept", "application/x-ndjson"))
                                .response(),
                        SHOWN);
        return new ImportPage(visit.frame("Import", Section.IMPORTS), job, rejected, problem);
    }

    private static ApiCall call(Visit visit, String method, String rest) {
        return ApiCall.users(method, "/imports/" + visit.segment("import_id") + rest);
    }

    private static Response rejectedRows(Visit visit) {
        return visit.users(call(visit, "GET", "/rejected_rows").withHeader("accept", "text/csv"))
                .response()
                .with("Cache-Control", "no-store");
    }

    private static Response cancel(Visit visit) {
        var answer = visit.users(call(visit, "PATCH", "")
                .changing(
                        "Import",
                        visit.request().variable("import_id"),
                        json -> json.writeStringProperty("status", "CANCELLED")));
        return answer.isDone()
                ? visit.done("/imports/" + visit.segment("import_id"), Notice.CANCELLED)
                : refused(visit, answer.problems());
    }

    private static Response delete(Visit visit) {
        var answer = visit.users(call(visit, "DELETE", ""));
        return answer.isDone() ? visit.done("/imports", Notice.REMOVED) : refused(visit, answer.problems());
    }

    private static Response refused(Visit visit, List<Problem> problems) {
        var problem = problems.getFirst();
        return show(problem.code().status(), visit, problem.detail());
    }
}
