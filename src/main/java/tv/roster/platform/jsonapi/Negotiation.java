package tv.roster.platform.jsonapi;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.http.MediaType;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;

/// Content negotiation according to JSON:API 1.1, section "Server Responsibilities": 406 and 415.
public final class Negotiation {
    private static final String JSON = "application/json";
    private static final Set<String> KNOWN = Set.of("profile", "q", "ext");

    private Negotiation() {}

    /// Refuses other media types than that of JSON:API, with the `ext` parameter for this extension, a URI; null for
    /// documents without one, which may also be plain JSON.
    public static void check(Request request, @Nullable String extension) {
        if (!isServed(request.header("Accept"), extension)) {
            throw new Refusal(
                    ErrorCode.NOT_ACCEPTABLE,
                    "This address returns " + MediaTypes.jsonApi(extension)
                            + (extension == null ? " without media type parameters." : "."),
                    Source.header("Accept"));
        }
        if (!request.hasBody()
                || request.routedMethod().equals("GET")
                || request.method().equals("DELETE")) {
            return;
        }
        if (!isRead(request.header("Content-Type"), extension)) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    extension == null
                            ? "Send " + MediaTypes.JSON_API + " or " + JSON + " in UTF-8."
                            : "Send " + MediaTypes.jsonApi(extension) + ".",
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

    private static boolean isServed(@Nullable String accept, @Nullable String extension) {
        if (accept == null
                || accept.isBlank()
                || accept.equals("*/*")
                || accept.equals(MediaTypes.jsonApi(extension))) {
            return true;
        }
        boolean named = false;
        boolean others = false;
        for (var entry : MediaType.list(accept)) {
            boolean refused = entry.quality() == 0;
            if (entry.name().equals(MediaTypes.JSON_API)) {
                if (!refused && isJsonApi(entry, extension)) {
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

    private static boolean isRead(@Nullable String contentType, @Nullable String extension) {
        if (contentType == null) {
            return false;
        }
        if (contentType.equals(MediaTypes.jsonApi(extension)) || (extension == null && contentType.equals(JSON))) {
            return true;
        }
        var entries = MediaType.list(contentType);
        if (entries.size() != 1) {
            return false;
        }
        var type = entries.getFirst();
        if (type.name().equals(JSON)) {
            return extension == null
                    && type.parameters().getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8");
        }
        return type.name().equals(MediaTypes.JSON_API)
                && isJsonApi(type, extension)
                && !type.parameters().containsKey("q");
    }

    /// Whether its only parameters are `profile`, the weight, and an `ext` that names this extension and no other; null
    /// for an empty one or none.
    private static boolean isJsonApi(MediaType type, @Nullable String extension) {
        return type.parameters().getOrDefault("ext", "").strip().equals(extension == null ? "" : extension)
                && type.parameters().keySet().stream().allMatch(KNOWN::contains);
    }
}
