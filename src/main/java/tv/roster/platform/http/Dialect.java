package tv.roster.platform.http;

import tv.roster.platform.problems.Refusal;

/// What an area speaks: the media types that it takes and returns, how it refuses, and what each response of it has.
public interface Dialect {
    /// Whether its requests are calls with a key, which have places of their own.
    boolean isOfCalls();

    /// Bytes of a body unless its route says otherwise.
    int largestBody();

    /// Refuses media types that it does not speak.
    void negotiate(Request request);

    /// Refuses a query that the route does not take.
    void checkQuery(Request request, Route<?> route);

    /// The response of a handler with what every response has.
    Response complete(Response response);

    /// The response to a refusal, whose places are those of the request.
    Response refuse(Refusal refusal, Request request);
}
