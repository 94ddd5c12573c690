package tv.roster.platform.templates;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.Answer;
import tv.roster.platform.http.Dialect;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.Refusal;

/// Pages for people: to a browser a refusal is a page as well, to a program it is what programs read.
public final class PageDialect implements Dialect {
    private static final int LARGEST_FORM = 1 << 14;

    private final Dialect programs;
    private final @Nullable RefusalPage page;

    /// Makes the page that says why there is no other.
    @FunctionalInterface
    public interface RefusalPage {
        Answer show(Refusal refusal, Request request);
    }

    /// Refuses to browsers with this page, and to programs in a dialect of theirs.
    public PageDialect(RefusalPage page, Dialect programs) {
        this(programs, page);
    }

    private PageDialect(Dialect programs, @Nullable RefusalPage page) {
        this.programs = programs;
        this.page = page;
    }

    /// Of files for programs: refuses in their dialect, whoever asks.
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
        // A page is what it is, whatever a client would like to have.
    }

    @Override
    public void checkQuery(Request request, Route<?> route) {
        // Links to pages pick up parameters on their way, such as those of newsletters.
    }

    @Override
    public Answer complete(Answer answer) {
        return PageHeaders.on(answer);
    }

    @Override
    public Answer refuse(Refusal refusal, Request request) {
        if (page == null || !isFromBrowser(request)) {
            return programs.refuse(refusal, request);
        }
        var answer = page.show(refusal, request);
        for (var header : refusal.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return PageHeaders.on(answer).with("Vary", "Accept, Accept-Language");
    }

    private static boolean isFromBrowser(Request request) {
        var accept = request.header("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }
}
