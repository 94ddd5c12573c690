package tv.roster.console.pages;

import tv.roster.platform.http.Dialect;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.DocumentDialect;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.templates.PageDialect;
import tv.roster.values.text.PercentEncoding;

/// The pages of the console: who has not signed in is led to where that is done, and nothing is kept by browsers.
public final class ConsoleDialect implements Dialect {
    /// The base path of the console.
    public static final String BASE = "/console";

    private static final String SIGN_IN = BASE + "/sign-in";

    private final Dialect pages;

    public ConsoleDialect(PageDialect.RefusalPage refused) {
        pages = new PageDialect(refused, DocumentDialect.DOCUMENTS);
    }

    @Override
    public boolean isOfCalls() {
        return false;
    }

    @Override
    public int largestBody() {
        return pages.largestBody();
    }

    @Override
    public void negotiate(Request request) {
        pages.negotiate(request);
    }

    @Override
    public void checkQuery(Request request, Route<?> route) {
        pages.checkQuery(request, route);
    }

    @Override
    public Response complete(Response response) {
        var complete = pages.complete(response);
        return complete.headers().containsKey("Cache-Control") ? complete : complete.with("Cache-Control", "no-store");
    }

    @Override
    public Response refuse(Refusal refusal, Request request) {
        if (refusal.problems().getFirst().code() != ErrorCode.UNAUTHORIZED) {
            return pages.refuse(refusal, request).with("Cache-Control", "no-store");
        }
        var signIn = Links.from(request, signIn(request));
        return complete(
                request.header("HX-Request") == null
                        ? Response.empty(303).with("Location", signIn)
                        // A redirect would be followed by the script, and its page put into this one.
                        : Response.empty(204).with("HX-Redirect", signIn));
    }

    /// Comes back to the page, if it can be opened.
    private static String signIn(Request request) {
        if (!request.routedMethod().equals("GET") || request.header("HX-Request") != null) {
            return SIGN_IN;
        }
        var here = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        return SIGN_IN + "?next=" + PercentEncoding.encode(here);
    }
}
