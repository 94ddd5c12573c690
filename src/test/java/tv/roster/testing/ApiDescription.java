package tv.roster.testing;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `api/openapi.yaml` as tests hold the server against it. Here its schemas are closed: a member that is not
/// described is a fault, though clients should take new ones calmly.
public final class ApiDescription {
    private static final String LOCATION = "https://roster.example/openapi.json";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final ApiDescription KEPT = new ApiDescription();

    private final JsonNode tree = new YAMLMapper().readTree(Path.of("api", "openapi.yaml"));
    private final SchemaRegistry whole = registry(false);
    private final SchemaRegistry sparse = registry(true);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final List<Operation> operations = readOperations();

    private ApiDescription() {}

    public static ApiDescription kept() {
        return KEPT;
    }

    /// One call; `pointer` leads to it.
    public record Operation(String method, String path, JsonNode node, String pointer) {
        String[] segments() {
            return path.split("/", -1);
        }

        public String id() {
            return node.at("/operationId").asString();
        }

        /// Described before it is served.
        public boolean isComing() {
            return node.at("/x-coming").asBoolean(false);
        }
    }

    public JsonNode tree() {
        return tree;
    }

    public List<Operation> operations() {
        return operations;
    }

    private List<Operation> readOperations() {
        var found = new ArrayList<Operation>();
        for (var path : tree.get("paths").properties()) {
            for (var call : path.getValue().properties()) {
                if (METHODS.contains(call.getKey())) {
                    var pointer = "/paths/" + escape(path.getKey()) + "/" + call.getKey();
                    found.add(new Operation(
                            call.getKey().toUpperCase(Locale.ROOT), path.getKey(), call.getValue(), pointer));
                }
            }
        }
        return List.copyOf(found);
    }

    /// The call that a request makes; a literal segment wins over a variable.
    public Optional<Operation> find(String method, String path) {
        var segments = path.split("/", -1);
        return operations.stream()
                .filter(operation -> operation.method().equals(method) && matches(operation.segments(), segments))
                .min((a, b) -> Long.compare(variables(a), variables(b)));
    }

    private static long variables(Operation operation) {
        return operation.path().chars().filter(character -> character == '{').count();
    }

    private static boolean matches(String[] described, String[] sent) {
        if (described.length != sent.length) {
            return false;
        }
        for (int at = 0; at < sent.length; at++) {
            boolean variable = described[at].startsWith("{") && !sent[at].isEmpty();
            if (!variable && !described[at].equals(sent[at])) {
                return false;
            }
        }
        return true;
    }

    /// What a node stands for, where it is a `$ref`.
    public Located resolve(String pointer) {
        var node = tree.at(pointer);
        return node.has("$ref") ? resolve(node.get("$ref").asString().substring(1)) : new Located(pointer, node);
    }

    public record Located(String pointer, JsonNode node) {
        /// Whether it has content of this media type, with or without parameters.
        public boolean describes(String type) {
            return content(type).isPresent();
        }

        /// Leads to its content of JSON:API's media type.
        public String jsonApi() {
            return pointer + "/content/"
                    + escape(content("application/vnd.api+json").orElse("application/vnd.api+json"));
        }

        private Optional<String> content(String type) {
            return node.path("content").propertyNames().stream()
                    .filter(described -> described.replaceFirst(";.*", "").equals(type))
                    .findFirst();
        }
    }

    /// The faults of a document by the schema at a pointer. `sparse` lets members be missing that `fields` leaves
    /// out.
    public List<String> faults(String pointer, JsonNode document, boolean isSparse) {
        var schema = schemas.computeIfAbsent(
                pointer + isSparse,
                key -> (isSparse ? sparse : whole).getSchema(SchemaLocation.of(LOCATION + "#" + pointer)));
        return schema.validate(document).stream().map(Object::toString).toList();
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private SchemaRegistry registry(boolean isSparse) {
        var closed = tree.deepCopy();
        closed.at("/components/schemas").forEach(ApiDescription::close);
        if (isSparse) {
            for (var name : List.of(
                    "UserAttributes", "UserRelationships", "UserProfileAttributes", "UserProfileRelationships")) {
                ((ObjectNode) closed.at("/components/schemas/" + name)).remove("required");
            }
            for (var name : List.of("User", "UserProfile")) {
                var required = closed.at("/components/schemas/" + name + "/required");
                ((tools.jackson.databind.node.ArrayNode) required)
                        .removeIf(member -> member.asString().equals("relationships"));
            }
        }
        var text = new JsonMapper().writeValueAsString(closed);
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(LOCATION, text)));
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        for (var member : schema.properties()) {
            if (!member.getKey().equals("allOf")) {
                close(member.getValue());
            }
        }
    }
}
