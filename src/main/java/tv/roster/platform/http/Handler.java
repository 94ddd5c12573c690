package tv.roster.platform.http;

/// Handles one kind of request, for a caller that was let in.
@FunctionalInterface
public interface Handler<C> {
    Response handle(C caller, Request request);
}
