package tv.roster.console.calls;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    /// The same with a new resource of this type as its document.
    public ApiCall creating(String type, Consumer<JsonWriter> attributes) {
        return sending(type, null, attributes, json -> {});
    }

    /// The same with a resource that belongs to a tenant; `tenant` is its id, or empty for none.
    public ApiCall creatingOf(String tenant, String type, Consumer<JsonWriter> attributes) {
        return sending(
                type,
                null,
                attributes,
                tenant.isEmpty()
                        ? json -> {}
                        : json -> {
                            json.writeObjectPropertyStart("relationships");
                            json.writeObjectPropertyStart("tenant");
                            json.writeObjectPropertyStart("data");
                            json.writeStringProperty("type", "Tenant");
                            json.writeStringProperty("id", tenant);
                            json.writeEndObject();
                            json.writeEndObject();
                            json.writeEndObject();
                        });
    }

    /// The same with the changes of a resource as its document.
    public ApiCall changing(String type, String id, Consumer<JsonWriter> attributes) {
        return sending(type, id, attributes, json -> {});
    }

    private ApiCall sending(
            String type, @Nullable String id, Consumer<JsonWriter> attributes, Consumer<JsonWriter> relationships) {
        return sending(json -> {
            json.writeStringProperty("type", type);
            if (id != null) {
                json.writeStringProperty("id", id);
            }
            json.writeObjectPropertyStart("attributes");
            attributes.accept(json);
            json.writeEndObject();
            relationships.accept(json);
        });
    }

    /// The same with the id of a resource as its document, for a relationship.
    public ApiCall linking(String type, String id) {
        return sending(json -> {
            json.writeStringProperty("type", type);
            json.writeStringProperty("id", id);
        });
    }

    private ApiCall sending(Consumer<JsonWriter> data) {
        var document = Json.write(json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("data");
            data.accept(json);
            json.writeEndObject();
            json.writeEndObject();
        });
        return sending("application/vnd.api+json", document);
    }

    public ApiCall sending(String contentType, byte[] bytes) {
        return new ApiCall(method, path, query, headers, Body.of(bytes)).withHeader("content-type", contentType);
    }

    /// The same with a body that is read as the call wants it.
    public ApiCall streaming(String contentType, InputStream stream) {
        return new ApiCall(method, path, query, headers, Body.of(stream)).withHeader("content-type", contentType);
    }
}
