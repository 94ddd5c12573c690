package tv.roster.platform.jsonapi;

import tv.roster.platform.http.Dialect;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.Refusal;

/// JSON:API documents, errors included.
public final class DocumentDialect implements Dialect {
    public static final Dialect DOCUMENTS = new DocumentDialect();

    private static final int LARGEST_BODY = 1 << 20;

    private DocumentDialect() {}

    @Override
    public boolean isOfCalls() {
        return true;
    }

    @Override
    public int largestBody() {
        return LARGEST_BODY;
    }

    @Override
    public void negotiate(Request request) {
        Negotiation.check(request, null);
    }

    @Override
    public void checkQuery(Request request, Route<?> route) {
        if (!route.takesQuery() && !request.query().isEmpty()) {
            new Query(request.query()).refuseUnknown();
        }
    }

    @Override
    public Response complete(Response response) {
        return response.headers().containsKey("Vary") ? response : response.with("Vary", "Accept");
    }

    @Override
    public Response refuse(Refusal refusal, Request request) {
        return ErrorDocument.response(refusal, request);
    }
}
