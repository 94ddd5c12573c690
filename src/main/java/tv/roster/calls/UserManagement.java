package tv.roster.calls;

import java.util.function.Function;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;

/// What the calls of the User Management V4 API have in common.
public final class UserManagement {
    /// The base path of the API.
    public static final String BASE = "/api/user/management/v4";

    private UserManagement() {}

    /// The absolute address of the API, with which the links of its resources begin.
    public static String base(Request request) {
        return request.origin() + BASE;
    }

    /// Parses a value in a path; throws `404` if it is invalid, since no resource can have it.
    public static <T> T pathValue(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (InvalidValue e) {
            throw new Refusal(ErrorCode.NOT_FOUND, "Nothing can have this id: " + e.detail());
        }
    }
}
