package tv.roster.console.pages;

import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.templates.Templates;

/// The page that explains why a request to the console was refused, and where to go on.
public final class RefusedView {
    private final Templates templates;

    public RefusedView(Templates templates) {
        this.templates = templates;
    }

    /// The model of the template `console/refused`.
    public record RefusedPage(Frame frame, String detail, String requestId) {}

    public Response show(Refusal refusal, Request request) {
        var frame = Frame.ofNobody(request, title(refusal.problems().getFirst().code()));
        var detail =
                refusal.problems().stream().map(Problem::detail).findFirst().orElse("");
        return Response.html(
                refusal.status(), templates.render("console/refused", new RefusedPage(frame, detail, request.id())));
    }

    private static String title(ErrorCode code) {
        return switch (code.status()) {
            case 403 -> "Not allowed";
            case 404, 405 -> "Nothing here";
            case 429 -> "Too many requests";
            case 503 -> code == ErrorCode.OUTCOME_UNKNOWN ? "It is not known whether this was done" : "Busy";
            case 500 -> "A fault of the server";
            default -> "This did not work";
        };
    }
}
