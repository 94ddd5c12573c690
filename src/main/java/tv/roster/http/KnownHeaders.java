package tv.roster.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The header names that requests and answers use, made once instead of for every request.
final class KnownHeaders {
    private static final Map<String, HeaderName> NAMES = Stream.of(
                    "Accept",
                    "Allow",
                    "Authorization",
                    "Cache-Control",
                    "Content-Encoding",
                    "Content-Type",
                    "ETag",
                    "Forwarded",
                    "Idempotency-Key",
                    "Idempotency-Replayed",
                    "If-Match",
                    "If-None-Match",
                    "Location",
                    "RateLimit",
                    "RateLimit-Policy",
                    "Retry-After",
                    "Vary",
                    "WWW-Authenticate",
                    "X-Forwarded-For",
                    "X-Request-Id")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), HeaderNames::create));

    private KnownHeaders() {}

    static HeaderName named(String name) {
        var known = NAMES.get(name);
        return known == null ? HeaderNames.create(name) : known;
    }
}
