package tv.roster.platform.jsonapi;

import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.MediaType;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// Content negotiation according to JSON:API 1.1, section "Server Responsibilities": 406 and 415.
final class Negotiation {
    private static final String JSON = "application/json";

    private Negotiation() {}

    static void check(Request request) {
        if (!isServed(request.header("Accept"))) {
            throw new Refusal(
                    ErrorCode.NOT_ACCEPTABLE,
                    "This address returns " + MediaTypes.JSON_API + " without media type parameters.",
                    Source.header("Accept"));
        }
        if (!request.hasBody()
                || request.routedMethod().equals("GET")
                || request.method().equals("DELETE")) {
            return;
        }
        if (!isRead(request.header("Content-Type"))) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send " + MediaTypes.JSON_API + " or " + JSON + " in UTF-8.",
                    Source.header("Content-Type"));
        }
        var encoding = request.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body without a content encoding.",
                    Source.header("Content-Encoding"));
        }
    }

    static boolean isServed(@Nullable String accept) {
        if (accept == null || accept.isBlank() || accept.equals("*/*") || accept.equals(MediaTypes.JSON_API)) {
            return true;
        }
        boolean named = false;
        boolean others = false;
        for (var entry : MediaType.list(accept)) {
            boolean refused = entry.quality() == 0;
            if (entry.name().equals(MediaTypes.JSON_API)) {
                if (!refused && isPlainJsonApi(entry)) {
                    return true;
                }
                named = true;
            } else if (!refused) {
                others |= entry.name().equals("*/*")
                        || entry.name().equals("application/*")
                        || entry.name().equals(JSON);
            }
        }
        return others && !named;
    }

    static boolean isRead(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        if (contentType.equals(MediaTypes.JSON_API) || contentType.equals(JSON)) {
            return true;
        }
        var entries = MediaType.list(contentType);
        if (entries.size() != 1) {
            return false;
        }
        var type = entries.getFirst();
        if (type.name().equals(JSON)) {
            return type.parameters().getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8");
        }
        return type.name().equals(MediaTypes.JSON_API)
                && isPlainJsonApi(type)
                && !type.parameters().containsKey("q");
    }

    /// Whether its only parameters are `profile`, an empty `ext` (no extension is supported), and the weight.
    private static boolean isPlainJsonApi(MediaType type) {
        return type.parameters().entrySet().stream().allMatch(parameter -> switch (parameter.getKey()) {
            case "profile", "q" -> true;
            case "ext" -> parameter.getValue().isBlank();
            default -> false;
        });
    }
}
