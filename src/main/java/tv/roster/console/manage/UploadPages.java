package tv.roster.console.manage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Scope;
import tv.roster.console.calls.ApiCall;
import tv.roster.console.pages.ConsoleRoutes;
import tv.roster.console.pages.FormProblems;
import tv.roster.console.pages.Frame;
import tv.roster.console.pages.Notice;
import tv.roster.console.pages.PageLinks;
import tv.roster.console.pages.Section;
import tv.roster.console.pages.Visit;
import tv.roster.platform.http.Response;

/// `/console/t/{tenant}/imports`: the imports of the tenant, and the form for a new one. Its file goes on to the API as
/// it arrives.
public final class UploadPages {
    private static final String LIST = "/t/{tenant_slug}/imports";
    private static final String TOKEN = "csrf";
    private static final String SET = "yes";
    private static final int SIZE = 25;

    /// The largest file that the API takes, and what the form has besides.
    private static final long LONGEST = (16L << 30) + (1 << 16);

    private UploadPages() {}

    static void addTo(ConsoleRoutes routes) {
        routes.get(LIST, Scope.BULK, visit -> list(200, visit, Wanted.of(visit), FormProblems.NONE))
                .upload(LIST, Scope.BULK, LONGEST, UploadPages::upload);
    }

    /// What the form says about the file.
    public record Wanted(String mode, boolean isDryRun) {
        /// A link may say how to go on after a dry run.
        private static Wanted of(Visit visit) {
            var mode = visit.request().parameter("mode");
            return new Wanted(
                    mode == null ? "upsert" : mode, !"no".equals(visit.request().parameter("dry_run")));
        }

        private static Wanted of(Map<String, String> fields) {
            return new Wanted(
                    fields.getOrDefault("mode", "upsert"),
                    fields.getOrDefault("dry_run", "").equals(SET));
        }
    }

    /// The model of the template `console/imports`.
    public record ImportsPage(
            Frame frame,
            Wanted wanted,
            List<ImportJob> rows,
            FormProblems problems,
            @Nullable String previous,
            @Nullable String next) {
        public ImportsPage {
            rows = List.copyOf(rows);
        }
    }

    private static Response list(int status, Visit visit, Wanted wanted, FormProblems problems) {
        var document = visit.users(PageLinks.of(ApiCall.users("GET", "/imports"), visit.request(), SIZE))
                .document();
        return visit.page(
                status,
                "imports",
                new ImportsPage(
                        visit.frame("Imports", Section.IMPORTS),
                        wanted,
                        document.path("data").valueStream().map(ImportJob::of).toList(),
                        problems,
                        PageLinks.to(document, "prev", ""),
                        PageLinks.to(document, "next", "")));
    }

    /// The token is a field before the file: without it, nothing of the file is read.
    private static Response upload(Visit visit) {
        var form = FileForm.of(visit.request());
        var fields = new HashMap<String, String>();
        for (var part = form.next(); part != null; part = form.next()) {
            if (part.fileName() == null) {
                fields.put(part.name(), part.text());
                continue;
            }
            visit.requireToken(fields.getOrDefault(TOKEN, ""));
            var file = SentFile.of(part.fileName(), part.content());
            return file.isEmpty() ? nothingChosen(visit, fields) : store(visit, fields, form, file);
        }
        visit.requireToken(fields.getOrDefault(TOKEN, ""));
        return nothingChosen(visit, fields);
    }

    private static Response nothingChosen(Visit visit, Map<String, String> fields) {
        return list(422, visit, Wanted.of(fields), FormProblems.of("file", "Choose a file."));
    }

    private static Response store(Visit visit, Map<String, String> fields, FileForm form, SentFile file) {
        var wanted = Wanted.of(fields);
        var answer = visit.users(file.in(ApiCall.users("POST", "/imports")
                .with("mode", wanted.mode())
                .with("dry_run", Boolean.toString(wanted.isDryRun()))));
        if (!answer.isDone()) {
            return list(answer.problems().getFirst().code().status(), visit, wanted, FormProblems.of(answer, Map.of()));
        }
        form.finish();
        return visit.done("/imports/" + answer.data().path("id").asString(), Notice.STARTED);
    }
}
