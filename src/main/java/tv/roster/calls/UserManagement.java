package tv.roster.calls;

import java.util.function.Function;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;

/// What the calls of the User Management V4 API share.
public final class UserManagement {
    /// Where the API begins.
    public static final String BASE = "/api/user/management/v4";

    private UserManagement() {}

    /// The absolute address that the API's resources begin with.
    public static String base(Request request) {
        return request.origin() + BASE;
    }

    /// A value in a path; what cannot be one is nobody's, so `404`.
    public static <T> T pathValue(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (InvalidValue e) {
            throw new Refusal(ErrorCode.NOT_FOUND, "Nothing can have this id: " + e.detail());
        }
    }
}
