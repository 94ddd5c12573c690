package tv.roster.agents;

import static tv.roster.access.Administration.OF_OWN_TENANT;

import java.util.List;
import java.util.function.Function;
import tv.roster.access.Caller;
import tv.roster.agents.AgentsTable.Filter;
import tv.roster.calls.Admin;
import tv.roster.platform.http.EntityTags;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.IdList;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.TenantId;

/// The admin API's calls on support agents. A caller that belongs to a tenant sees and changes only agents of its own.
public final class AgentsApi {
    private static final String ONE = "/agents/{agent_id}";

    private final Agents agents;
    private final Cursors cursors;
    private final Function<Request, String> console;

    /// @param console where the console is that setup links lead to, such as `https://roster.example`
    public AgentsApi(Agents agents, Cursors cursors, Function<Request, String> console) {
        this.agents = agents;
        this.cursors = cursors;
        this.console = console;
    }

    public List<Route<Caller>> routes() {
        return List.of(
                Route.get("/agents", OF_OWN_TENANT, this::list).withQuery(),
                Route.post("/agents", OF_OWN_TENANT, this::create).blaming(AgentReader::place),
                Route.get(ONE, OF_OWN_TENANT, this::get),
                Route.patch(ONE, OF_OWN_TENANT, this::change).about(this::find).blaming(AgentReader::place),
                Route.delete(ONE, OF_OWN_TENANT, this::delete).about(this::find),
                Route.post(ONE + "/setup_links", OF_OWN_TENANT, this::makeLink).about(this::find),
                Route.delete(ONE + "/sessions", OF_OWN_TENANT, this::endSessions)
                        .about(this::find));
    }

    private static AgentId id(Request request) {
        return AgentId.parse(request.variable("agent_id")).orElseThrow(Agents::notFound);
    }

    private Agent find(Caller caller, Request request) {
        return agents.find(id(request), caller.within());
    }

    private Response list(Caller caller, Request request) {
        var query = new Query(request.query());
        var within = caller.within();
        var filter = new Filter(
                query.take("filter[tenant]", AgentsApi::tenant), query.take("filter[email]", MailboxKey::of), within);
        return new IdList<>(
                        "agents/" + within + "?" + query.withoutPages(),
                        (from, backwards, limit) -> agents.list(filter, from, backwards, limit),
                        () -> agents.count(filter),
                        IdList.LARGEST,
                        agent -> agent.id().value(),
                        (json, agent) ->
                                AgentResource.write(json, agent, null, Admin.base(request), console.apply(request)))
                .response(request, query, cursors);
    }

    private static TenantId tenant(String text) {
        return TenantId.parse(text).orElseThrow(() -> new InvalidValue("This is not an id; an id is a UUID."));
    }

    private Response get(Caller caller, Request request) {
        var tags = EntityTags.of(request, "If-None-Match");
        var agent = find(caller, request);
        return tags.present() && tags.holdWeakly(agent.version())
                ? Response.empty(304).with("ETag", agent.etag())
                : response(request, agent);
    }

    /// The only response that contains the setup link, which no cache may store.
    private Response create(Caller caller, Request request) {
        var document = new ResourceDocument(request.body(), Agent.TYPE);
        document.refuseId();
        var wanted = AgentReader.read(document, null);
        var created = agents.create(caller.author(request.id()), wanted, caller.within());
        var base = Admin.base(request);
        var url = AgentResource.url(base, created.agent());
        return Document.of(
                        url,
                        json -> AgentResource.write(
                                json, created.agent(), created.link(), base, console.apply(request)))
                .response(201)
                .with("Location", url)
                .with("ETag", created.agent().etag())
                .with("Cache-Control", "no-store");
    }

    private Response change(Caller caller, Request request) {
        var id = id(request);
        var document = new ResourceDocument(request.body(), Agent.TYPE);
        document.demandId(id.toString());
        var wanted = AgentReader.read(document, find(caller, request));
        return response(
                request,
                agents.change(
                        caller.author(request.id()), id, wanted, Admin.expectedVersion(request), caller.within()));
    }

    private Response delete(Caller caller, Request request) {
        agents.delete(caller.author(request.id()), id(request), Admin.expectedVersion(request), caller.within());
        return Response.empty(204);
    }

    private Response makeLink(Caller caller, Request request) {
        ResourceDocument.readNothing(request.body(), AgentResource.SETUP_LINK);
        var id = id(request);
        var link = agents.makeLink(caller.author(request.id()), id, caller.within());
        return Document.of(
                        request.url(),
                        json -> AgentResource.writeLink(json, id.toString(), link, console.apply(request)))
                .response(201)
                .with("Cache-Control", "no-store");
    }

    private Response endSessions(Caller caller, Request request) {
        agents.endSessions(caller.author(request.id()), id(request), caller.within());
        return Response.empty(204);
    }

    private Response response(Request request, Agent agent) {
        var base = Admin.base(request);
        return Document.of(
                        AgentResource.url(base, agent),
                        json -> AgentResource.write(json, agent, null, base, console.apply(request)))
                .response(200)
                .with("ETag", agent.etag());
    }
}
