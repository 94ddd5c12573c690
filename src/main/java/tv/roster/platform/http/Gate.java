package tv.roster.platform.http;

import org.jspecify.annotations.Nullable;

/// Decides who may come in, before anything is known of the route.
@FunctionalInterface
public interface Gate<C> {
    /// Names the caller, or refuses with 401, 403 or 429.
    C admit(Request request);

    /// Takes note of a caller who came in and does not meet what the route demands.
    default void lacks(C caller, Demand<C> demand) {}

    /// To whom the places and the memory belong that a caller's requests take, such as its tenant: none of them may
    /// take those of all others. Null where callers are not distinguished.
    default @Nullable Object owner(C caller) {
        return null;
    }

    /// Lets everybody in, and identifies no caller.
    Gate<Anybody> OPEN = request -> Anybody.INSTANCE;

    /// The caller of public pages.
    enum Anybody {
        INSTANCE
    }
}
