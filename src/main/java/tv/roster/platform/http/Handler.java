package tv.roster.platform.http;

/// Answers one kind of request of a caller that was let in.
@FunctionalInterface
public interface Handler<C> {
    Answer answer(C caller, Request request);
}
