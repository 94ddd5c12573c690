package tv.roster.platform.outgoing;

import org.jspecify.annotations.Nullable;

/// What became of a request.
///
/// @param status     null if there was no response
/// @param response   the beginning of the response's body; null if there was no response
/// @param detail     why there was no response, or why it was not read to its end; null otherwise
/// @param retryAfter the header `Retry-After`
public record Outcome(
        @Nullable Integer status,
        long milliseconds,
        @Nullable String response,
        @Nullable String detail,
        @Nullable String retryAfter) {
    private static final int FIRST_SUCCESS = 200;
    private static final int LAST_SUCCESS = 299;
    private static final int GONE = 410;

    static Outcome failed(long milliseconds, String detail) {
        return new Outcome(null, milliseconds, null, detail, null);
    }

    public boolean succeeded() {
        return status != null && status >= FIRST_SUCCESS && status <= LAST_SUCCESS;
    }

    public boolean isGone() {
        return status != null && status == GONE;
    }
}
