package tv.roster.access;

import java.util.function.Consumer;
import java.util.function.Function;
import tv.roster.platform.http.Handler;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;

/// How the calls of a BSS run: reads on their own, writes once for each `Idempotency-Key`.
public interface Bss {
    /// Where the User Management V4 API begins.
    String BASE = "/api/user/management/v4";

    /// A call that changes nothing.
    Handler<Caller> read(BssHandler handler);

    /// A call that changes something, and is answered as the first time when it is repeated.
    Handler<Caller> write(BssWrite write);

    /// Finds the resource that a path names.
    Route.Subject<Caller> subject(Consumer<Call> find);

    /// The absolute address that the API's resources begin with.
    static String base(Request request) {
        return request.origin() + BASE;
    }

    /// A value in a path; what cannot be one is nobody's, so `404`.
    static <T> T pathValue(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (InvalidValue e) {
            throw new Refusal(ErrorCode.NOT_FOUND, "Nothing can have this id: " + e.detail());
        }
    }
}
