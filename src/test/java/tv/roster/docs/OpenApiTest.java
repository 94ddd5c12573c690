package tv.roster.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.access.Administration;
import tv.roster.access.Scope;
import tv.roster.platform.http.Area;
import tv.roster.platform.http.Route;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ApiDescription;
import tv.roster.testing.ApiDescription.Operation;

/// `api/openapi.yaml` against the server, both ways. The calls of all other tests are held against it as well.
class OpenApiTest {
    private static final ApiDescription DESCRIPTION = ApiDescription.kept();

    /// Each route as `GET /path`, and the scope it demands.
    private static Map<String, String> served() {
        var routes = new TreeMap<String, String>();
        for (var area : TestServer.shared().areas()) {
            if (area.dialect().isOfCalls()) {
                add(routes, area);
            }
        }
        return routes;
    }

    private static <C> void add(Map<String, String> routes, Area<C> area) {
        for (Route<C> route : area.routes()) {
            var scope = switch (route.demand()) {
                case Scope demanded -> demanded.word();
                case Administration demanded -> demanded.scope().word();
                default -> "";
            };
            routes.put(route.method() + " " + area.base() + route.path(), scope);
        }
    }

    private static String line(Operation operation) {
        return operation.method() + " " + operation.path();
    }

    private static Map<String, Operation> described() {
        return DESCRIPTION.operations().stream()
                .filter(operation -> !operation.isComing())
                .collect(Collectors.toMap(OpenApiTest::line, Function.identity(), (a, b) -> a, TreeMap::new));
    }

    @Test
    void everyRouteIsDescribedAndEveryDescribedCallIsServed() {
        assertThat(described().keySet()).isEqualTo(served().keySet());
    }

    @Test
    void everyCallNamesTheScopeItDemands() {
        var scopes = new TreeMap<String, String>();
        described().forEach((line, operation) -> {
            var scope = operation.node().at("/security/0/apiKey/0").asString("");
            scopes.put(line, scope);
            assertThat(operation.node().get("description").asString())
                    .as(line)
                    .contains(scope.isEmpty() ? "Any key." : "Scope: `" + scope + "`.");
        });
        assertThat(scopes).isEqualTo(served());
    }

    @Test
    void theFiveCallsOfV4HaveItsOperationIds() {
        var ids = DESCRIPTION.operations().stream().map(Operation::id).toList();
        assertThat(ids)
                .contains("GetAllUsers", "CreateUser", "GetUserById", "UpdateUser", "DeleteUserById")
                .doesNotHaveDuplicates();
    }

    @Test
    void everyErrorCodeIsDescribed() {
        var codes = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet());
        var listed = new TreeSet<String>();
        DESCRIPTION.tree().at("/components/schemas/ErrorCode/enum").forEach(code -> listed.add(code.asString()));
        assertThat(listed).containsAll(codes);
        assertThat(listed).filteredOn(code -> !codes.contains(code)).allMatch(OpenApiTest::isComing);
    }

    private static boolean isComing(String code) {
        var coming = DESCRIPTION.tree().at("/components/schemas/ErrorCode/x-coming");
        return coming.valueStream().anyMatch(name -> name.asString().equals(code));
    }

    @Test
    void everyErrorCodeStandsAtAnAnswerOfItsStatus() {
        var places = new TreeMap<String, TreeSet<String>>();
        for (var operation : described().values()) {
            for (var answer : operation.node().get("responses").properties()) {
                var pointer = operation.pointer() + "/responses/" + answer.getKey();
                var codes = DESCRIPTION
                        .resolve(pointer)
                        .node()
                        .at(
                                "/content/application~1vnd.api+json/schema/allOf/1/properties/errors/items/properties/code/enum");
                codes.forEach(code -> places.computeIfAbsent(code.asString(), name -> new TreeSet<>())
                        .add(answer.getKey()));
            }
        }
        var expected = Arrays.stream(ErrorCode.values())
                .sorted(Comparator.comparing(ErrorCode::code))
                .map(ErrorCode::code)
                .toList();
        assertThat(places.keySet()).containsAll(expected);
        for (var code : ErrorCode.values()) {
            assertThat(places.get(code.code())).as(code.code()).isSubsetOf(Integer.toString(code.status()), "default");
        }
    }

    @Test
    void everyCallAndParameterCarriesItsMark() {
        for (var operation : DESCRIPTION.operations()) {
            assertThat(operation.node().get("description").asString())
                    .as(operation.id())
                    .matches("(?s)\\[(V4|JSON:API|Roster)].*");
        }
        for (var parameter : DESCRIPTION.tree().at("/components/parameters").properties()) {
            assertThat(parameter.getValue().get("description").asString())
                    .as(parameter.getKey())
                    .matches("(?s)\\[(V4|JSON:API|Roster)].*");
        }
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        for (var operation : DESCRIPTION.operations()) {
            checkExamples(operation.pointer() + "/requestBody");
            for (var answer : operation.node().get("responses").properties()) {
                checkExamples(operation.pointer() + "/responses/" + answer.getKey());
            }
        }
    }

    private static void checkExamples(String pointer) {
        var place = DESCRIPTION.resolve(pointer);
        var content = place.jsonApi();
        for (var example : DESCRIPTION.tree().at(content + "/examples").properties()) {
            var value = DESCRIPTION.resolve(content + "/examples/" + example.getKey());
            var schema = DESCRIPTION.resolve(content + "/schema");
            assertThat(DESCRIPTION.faults(schema.pointer(), value.node().get("value"), false))
                    .as(value.pointer())
                    .isEmpty();
        }
    }

    @Test
    void isServedAsItIsKeptAndAsJson() {
        var client = new ApiClient(TestServer.shared().url(), null);
        var yaml = client.get("/openapi.yaml");
        assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(yaml.text()).startsWith("openapi: 3.1.0\n");
        assertThat(client.get("/openapi.json").body()).isEqualTo(DESCRIPTION.tree());
    }
}
