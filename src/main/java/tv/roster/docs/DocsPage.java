package tv.roster.docs;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;

/// `/docs`: Swagger UI served by this server alone, and the description that it shows, as YAML and JSON.
public final class DocsPage {
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final String DESCRIPTION = "openapi.yaml";

    private static final String HEAD = """
            <link rel="stylesheet" href="/pages/swagger-ui.css">
            <script src="/pages/swagger-ui.js" defer></script>
            <script src="/pages/docs.js" defer></script>
            """;
    private static final String BODY = """
            <section aria-label="How to try the API">
            <p>Press <b>Authorize</b> and paste a key: this page keeps it until it is closed or loaded again. At the first start, Roster made a
            tenant <code>demo</code> with a key, which is in the file <code>demo-key</code> of the data folder. Then
            open a call, press <b>Try it out</b> and <b>Execute</b>.</p>
            </section>
            <div id="swagger-ui"></div>
            <noscript><p>This page needs JavaScript. The same description is at
            <a href="/openapi.yaml">/openapi.yaml</a>.</p></noscript>
            """;

    private final Once<Response> json = new Once<>(() -> Files.response("application/json", json()));

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get(
                        "/docs", Demand.nothing(), (caller, request) -> Frame.pageOfScript("Try the API", HEAD, BODY)),
                Files.route("/pages/docs.js", "text/javascript; charset=utf-8", "docs.js"),
                Files.route("/pages/swagger-ui.css", "text/css; charset=utf-8", SWAGGER_UI + "swagger-ui.css"),
                Files.route(
                        "/pages/swagger-ui.js", "text/javascript; charset=utf-8", SWAGGER_UI + "swagger-ui-bundle.js"),
                Files.route("/openapi.yaml", "application/yaml", DESCRIPTION),
                Route.get("/openapi.json", Demand.nothing(), (caller, request) -> json.get()));
    }

    private static byte[] json() {
        return new JsonMapper().writeValueAsBytes(new YAMLMapper().readTree(Files.bytes(DESCRIPTION)));
    }
}
