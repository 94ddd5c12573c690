package tv.roster.access.ratelimit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.roster.platform.problems.InvalidValue;

/// A number of requests in a number of seconds, written `100/1s`: a bucket of that size that is refilled evenly,
/// one request at a time. A burst may use the whole bucket at once, but the average keeps to the rate.
public record RateLimit(int requests, int windowSeconds) {
    public static final int MAX_REQUESTS = 1_000_000;
    public static final int MAX_WINDOW_SECONDS = 86_400;

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})/([1-9][0-9]{0,4})s");

    public RateLimit {
        if (requests < 1 || requests > MAX_REQUESTS) {
            throw new InvalidValue("A rate limit allows 1 to " + MAX_REQUESTS + " requests.");
        }
        if (windowSeconds < 1 || windowSeconds > MAX_WINDOW_SECONDS) {
            throw new InvalidValue("A rate limit's window is 1 to " + MAX_WINDOW_SECONDS + " seconds.");
        }
    }

    /// Parses the form `requests/seconds` with a final `s`, such as `6000/60s`. Throws [InvalidValue].
    public static RateLimit parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InvalidValue("Must be a number of requests in a number of seconds, such as 100/1s or 6000/60s.");
        }
        return new RateLimit(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    @Override
    public String toString() {
        return requests + "/" + windowSeconds + "s";
    }
}
