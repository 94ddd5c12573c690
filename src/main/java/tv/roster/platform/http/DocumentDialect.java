package tv.roster.platform.http;

import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.problems.Refusal;

/// JSON:API documents, errors included.
final class DocumentDialect implements Dialect {
    private static final int LARGEST_BODY = 1 << 20;

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
        Negotiation.check(request);
    }

    @Override
    public void checkQuery(Request request, Route<?> route) {
        if (!route.takesQuery() && !request.query().isEmpty()) {
            new Query(request.query()).refuseUnknown();
        }
    }

    @Override
    public Answer complete(Answer answer) {
        return answer.with("Vary", "Accept");
    }

    @Override
    public Answer refuse(Refusal refusal, Request request) {
        return Refusals.document(refusal, request.id(), request.origin());
    }
}
