package tv.roster.testing;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/// An answer as a test looks at it; `body` is a missing node where there is no JSON.
public record Response(int status, HttpHeaders headers, String text, JsonNode body) {
    public String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /// The node at a JSON pointer.
    public JsonNode at(String pointer) {
        return body.at(pointer);
    }

    /// The text at a JSON pointer, or null.
    public String textAt(String pointer) {
        var node = body.at(pointer);
        return node.isMissingNode() || node.isNull() ? null : node.asString();
    }

    public String id() {
        return textAt("/data/id");
    }

    public String etag() {
        return header("ETag");
    }

    /// The entity tag of a version.
    public static String etag(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /// The code of the first error.
    public String code() {
        return textAt("/errors/0/code");
    }

    /// The pointer, parameter or header of the first error.
    public String source() {
        var source = body.at("/errors/0/source");
        return source.isMissingNode() ? null : source.iterator().next().asString();
    }
}
