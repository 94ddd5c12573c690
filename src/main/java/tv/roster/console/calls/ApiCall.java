package tv.roster.console.calls;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tv.roster.calls.Admin;
import tv.roster.calls.UserManagement;
import tv.roster.platform.http.InnerRequest.Body;
import tv.roster.platform.json.Json;
import tv.roster.platform.json.JsonWriter;
import tv.roster.values.text.PercentEncoding;

/// A call of a public API, as a client would make it.
///
/// @param path    absolute, percent-encoded
/// @param query   encoded, without its question mark
/// @param headers by their names in lower case
public record ApiCall(String method, String path, String query, Map<String, String> headers, Body body) {
    public ApiCall {
        headers = Map.copyOf(headers);
    }

    /// A call of the User Management V4 API; `path` begins with a slash, below the base of the API.
    public static ApiCall users(String method, String path) {
        return new ApiCall(method, UserManagement.BASE + path, "", Map.of(), Body.NONE);
    }

    /// The same for the admin API.
    public static ApiCall admin(String method, String path) {
        return new ApiCall(method, Admin.BASE + path, "", Map.of(), Body.NONE);
    }

    /// The same with one more parameter in its query.
    public ApiCall with(String parameter, String value) {
        var pair = PercentEncoding.encode(parameter) + "=" + PercentEncoding.encode(value);
        return new ApiCall(method, path, query.isEmpty() ? pair : query + "&" + pair, headers, body);
    }

    /// The same with one more header.
    public ApiCall withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new ApiCall(method, path, query, more, body);
    }

    /// The same with a document as its body.
    public ApiCall sending(Consumer<JsonWriter> document) {
        return sending("application/vnd.api+json", Json.write(document));
    }

    public ApiCall sending(String contentType, byte[] bytes) {
        return new ApiCall(method, path, query, headers, Body.of(bytes)).withHeader("content-type", contentType);
    }

    /// The same with a body that is read as the call wants it.
    public ApiCall streaming(String contentType, InputStream stream) {
        return new ApiCall(method, path, query, headers, Body.of(stream)).withHeader("content-type", contentType);
    }
}
