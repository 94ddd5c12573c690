package tv.roster.platform.templates;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Dialect;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.Refusal;

/// Pages for people: a refusal is a page for browsers, and in a machine-readable dialect for programs.
public final class PageDialect implements Dialect {
    private static final int LARGEST_FORM = 1 << 14;

    private final Dialect programs;
    private final @Nullable RefusalPage page;

    /// Creates the page that explains a refusal.
    @FunctionalInterface
    public interface RefusalPage {
        Response show(Refusal refusal, Request request);
    }

    /// Sends refusals to browsers as this page, and to programs in the dialect `programs`.
    public PageDialect(RefusalPage page, Dialect programs) {
        this(programs, page);
    }

    private PageDialect(Dialect programs, @Nullable RefusalPage page) {
        this.programs = programs;
        this.page = page;
    }

    /// For files that programs read: sends refusals in their dialect to all clients.
    public static PageDialect ofFiles(Dialect programs) {
        return new PageDialect(programs, null);
    }

    @Override
    public boolean isOfCalls() {
        return false;
    }

    @Override
    public int largestBody() {
        return LARGEST_FORM;
    }

    @Override
    public void negotiate(Request request) {
        // Pages exist in one media type only, so `Accept` is ignored.
    }

    @Override
    public void checkQuery(Request request, Route<?> route) {
        // Links to pages can acquire parameters on their way, such as those of newsletters, so unknown ones are
        // ignored.
    }

    @Override
    public Response complete(Response response) {
        return PageHeaders.on(response);
    }

    @Override
    public Response refuse(Refusal refusal, Request request) {
        if (page == null || !isFromBrowser(request)) {
            return programs.refuse(refusal, request);
        }
        var response = page.show(refusal, request);
        for (var header : refusal.headers().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return PageHeaders.on(response).with("Vary", "Accept, Accept-Language");
    }

    private static boolean isFromBrowser(Request request) {
        var accept = request.header("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }
}
