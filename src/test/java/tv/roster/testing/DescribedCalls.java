package tv.roster.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.roster.testing.ApiDescription.Located;
import tv.roster.testing.ApiDescription.Operation;

/// Holds each call that a test makes, and its answer, against `api/openapi.yaml`.
final class DescribedCalls {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ApiDescription DESCRIPTION = ApiDescription.kept();

    private DescribedCalls() {}

    /// Fails where an answer, or a request that was carried out, is not as it is described.
    static void check(String method, URI uri, String body, Response response) {
        var path = uri.getRawPath();
        if (!path.startsWith("/api/")) {
            return;
        }
        var faults = new ArrayList<String>();
        var operation = DESCRIPTION.find(method.equals("HEAD") ? "GET" : method, path);
        if (operation.isEmpty()) {
            checkRefusalOfNothing(method, response, faults);
        } else {
            checkAnswer(operation.get(), method, uri, response, faults);
            if (response.status() < 300 && body != null) {
                checkRequest(operation.get(), body, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("Not as api/openapi.yaml describes it: " + method + " " + uri + " -> "
                    + response.status() + "\n" + String.join("\n", faults) + "\nsent: " + body + "\nanswered: "
                    + response.text());
        }
    }

    /// What is described nowhere is refused, or asked for its methods.
    private static void checkRefusalOfNothing(String method, Response response, List<String> faults) {
        if (method.equals("OPTIONS") && response.status() == 204) {
            return;
        }
        if (response.status() < 400) {
            faults.add("There is no such call in the description.");
        } else if (!response.text().isEmpty()) {
            faults.addAll(DESCRIPTION.faults("/components/schemas/ErrorDocument", response.body(), false));
        }
    }

    private static void checkAnswer(
            Operation operation, String method, URI uri, Response response, List<String> faults) {
        var answers = operation.node().get("responses");
        var status = Integer.toString(response.status());
        if (!answers.has(status) && !answers.has("default")) {
            faults.add("The status is not described.");
            return;
        }
        var answer =
                DESCRIPTION.resolve(operation.pointer() + "/responses/" + (answers.has(status) ? status : "default"));
        checkHeaders(answer, response, faults);
        boolean described = answer.node().has("content");
        if (described && !method.equals("HEAD")) {
            var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            boolean sparse = query.contains("fields[") || query.contains("fields%5B");
            var type = response.header("Content-Type").replaceFirst(";.*", "");
            if (!answer.describes(type)) {
                faults.add("The type " + type + " is not described.");
            } else if (type.endsWith("json") && !type.endsWith("ndjson")) {
                var schema = DESCRIPTION.resolve(answer.jsonApi() + "/schema");
                faults.addAll(DESCRIPTION.faults(schema.pointer(), response.body(), sparse));
            }
        } else if (!described && !response.text().isEmpty()) {
            faults.add("There is a body, but none is described.");
        }
    }

    private static void checkHeaders(Located answer, Response response, List<String> faults) {
        for (var described : answer.node().path("headers").properties()) {
            var header = DESCRIPTION.resolve(answer.pointer() + "/headers/" + described.getKey());
            var value = response.header(described.getKey());
            if (value == null) {
                if (header.node().path("required").asBoolean(false)) {
                    faults.add("The header " + described.getKey() + " is missing.");
                }
            } else {
                faults.addAll(DESCRIPTION.faults(header.pointer() + "/schema", JSON.valueToTree(value), false));
            }
        }
    }

    private static void checkRequest(Operation operation, String body, List<String> faults) {
        if (!operation.node().has("requestBody")) {
            return;
        }
        var request = DESCRIPTION.resolve(operation.pointer() + "/requestBody");
        var schema = DESCRIPTION.resolve(request.jsonApi() + "/schema");
        DESCRIPTION
                .faults(schema.pointer(), withoutAtMembers(JSON.readTree(body.replaceFirst("^\uFEFF", ""))), false)
                .stream()
                .map(fault -> "request: " + fault)
                .forEach(faults::add);
    }

    /// Members whose name begins with `@` are ignored everywhere (JSON:API 1.1, "Member Names").
    private static JsonNode withoutAtMembers(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var names = new ArrayList<>(object.propertyNames());
            names.stream().filter(name -> name.startsWith("@")).forEach(object::remove);
        }
        node.forEach(DescribedCalls::withoutAtMembers);
        return node;
    }
}
