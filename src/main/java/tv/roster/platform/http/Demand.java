package tv.roster.platform.http;

/// What a route demands of its caller, such as a scope.
@FunctionalInterface
public interface Demand<C> {
    /// Refuses with 403 a caller that does not meet it.
    void check(C caller);

    static <C> Demand<C> nothing() {
        return caller -> {};
    }
}
