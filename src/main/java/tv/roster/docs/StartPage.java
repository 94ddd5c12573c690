package tv.roster.docs;

import java.util.List;
import java.util.function.Predicate;
import tv.roster.platform.http.Demand;
import tv.roster.platform.http.Gate.Anybody;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.templates.Mark;
import tv.roster.platform.templates.Stylesheet;

/// `/`: guides a newcomer from the first call to the guides.
public final class StartPage {
    private static final String BODY = """
            <h1>Roster</h1>
            <p class="lead">Roster keeps the users of a TV platform. Your business support system creates, changes and
            removes them by the User Management V4 API, in JSON:API documents.</p>

            <h2>The first call</h2>
            <p>At its first start, the server made a tenant <code>demo</code> and printed a key for it. It is kept in
            the file <code>demo-key</code> of the data folder, <code>data</code> unless set otherwise.</p>
            <pre tabindex="0"><code>KEY=$(cat data/demo-key)
            curl -H "Authorization: Apikey $KEY" \\
              %1$s/api/user/management/v4/users</code></pre>
            <p>There is nobody yet. Make somebody:</p>
            <pre tabindex="0"><code>curl -H "Authorization: Apikey $KEY" -H "Content-Type: application/json" \\
              -d '{"data":{"type":"User","attributes":{"name":"Anna Virtanen"}}}' \\
              %1$s/api/user/management/v4/users</code></pre>
            <p>Or <a href="/docs">try the calls in this browser</a>.</p>

            %2$s<h2>Read on</h2>
            %3$s

            <h2>For machines</h2>
            <ul>
            <li><a href="/openapi.yaml">/openapi.yaml</a> and <a href="/openapi.json">/openapi.json</a>: the OpenAPI 3.1
            description of every call</li>
            <li><a href="/errors">/errors</a>: what each error code means, with an example and what to do</li>
            </ul>
            """;

    private static final String ON_THIS_SERVER = """
            <h2>On this server</h2>
            <ul class="cards">
            %s</ul>

            """;
    private static final String CONSOLE = """
            <li><a href="/console">Console</a> <span>for support agents: find subscribers, see what happened, help
            them</span></li>
            """;
    private static final String OUTBOX = """
            <li><a href="/outbox">Outbox</a> <span>the mails to subscribers, which are kept here while no mail server is
            set</span></li>
            """;

    private final Predicate<Request> outbox;
    private final boolean console;

    /// A page with links to the outbox, for requests that may open it, and to the console.
    public StartPage(Predicate<Request> outbox, boolean console) {
        this.outbox = outbox;
        this.console = console;
    }

    public List<Route<Anybody>> routes() {
        return List.of(
                Route.get("/", Demand.nothing(), (caller, request) -> page(request)),
                Stylesheet.BASE.route(),
                Stylesheet.PAGES.route(),
                Frame.LAYOUT.route(),
                Mark.icon(),
                // Browsers ask for it on pages that name no icon, such as pictures and JSON.
                Files.route("/favicon.ico", "image/vnd.microsoft.icon", "favicon.ico"));
    }

    private Response page(Request request) {
        var body = BODY.formatted(Markup.escape(request.origin()), onThisServer(request), GuidePages.list());
        return Frame.page("Roster", body);
    }

    private String onThisServer(Request request) {
        var links = (console ? CONSOLE : "") + (outbox.test(request) ? OUTBOX : "");
        return links.isEmpty() ? "" : ON_THIS_SERVER.formatted(links);
    }
}
