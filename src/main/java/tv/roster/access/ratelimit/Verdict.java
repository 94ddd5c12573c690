package tv.roster.access.ratelimit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Refusal;

/// Whether a request is allowed, and its state under each limit that applies.
public record Verdict(boolean allowed, List<Standing> standings) {
    /// No limit applies.
    public static final Verdict UNLIMITED = new Verdict(true, List.of());

    public Verdict {
        standings = List.copyOf(standings);
    }

    /// The headers of the response, whether the request is allowed or not: `RateLimit-Policy` and `RateLimit` as in
    /// draft-ietf-httpapi-ratelimit-headers-11, and `Retry-After` only if it is rejected. Empty without limits.
    public Map<String, String> headers() {
        if (standings.isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "RateLimit-Policy",
                list(standing -> "\"%s\";q=%d;w=%d"
                        .formatted(
                                standing.policy().headerName(),
                                standing.limit().requests(),
                                standing.limit().windowSeconds())));
        headers.put(
                "RateLimit",
                list(standing -> "\"%s\";r=%d;t=%d"
                        .formatted(standing.policy().headerName(), standing.remaining(), standing.resetSeconds())));
        if (!allowed) {
            headers.put("Retry-After", Long.toString(retryAfterSeconds()));
        }
        return headers;
    }

    private String list(Function<Standing, String> item) {
        return standings.stream().map(item).collect(Collectors.joining(", "));
    }

    /// How long a rejected caller should wait until every exhausted limit allows a request again, at least 1.
    public long retryAfterSeconds() {
        return standings.stream()
                .filter(standing -> standing.remaining() == 0)
                .mapToLong(Standing::resetSeconds)
                .max()
                .orElse(1);
    }

    /// Throws the `429` `rate_limited` with its headers if the request is not allowed.
    public void require() {
        if (!allowed) {
            String exhausted = standings.stream()
                    .filter(standing -> standing.remaining() == 0)
                    .map(standing -> "%s (%s)".formatted(standing.policy().headerName(), standing.limit()))
                    .collect(Collectors.joining(", "));
            String detail = "Too many requests%s; repeat this one after %d s."
                    .formatted(exhausted.isEmpty() ? "" : " for the limit: " + exhausted, retryAfterSeconds());
            throw new Refusal(List.of(new Problem(ErrorCode.RATE_LIMITED, detail)), headers());
        }
    }
}
