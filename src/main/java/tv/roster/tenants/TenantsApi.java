package tv.roster.tenants;

import static tv.roster.access.Administration.OF_OWN_TENANT;
import static tv.roster.access.Scope.ADMIN;

import java.util.List;
import tv.roster.access.Caller;
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
import tv.roster.values.ids.TenantId;

/// The admin API's calls on tenants. A caller that belongs to one sees and changes only that, except for what the
/// installation has given it.
public final class TenantsApi {
    private final Tenants tenants;
    private final Cursors cursors;

    public TenantsApi(Tenants tenants, Cursors cursors) {
        this.tenants = tenants;
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes() {
        return List.of(
                Route.get("/tenants", OF_OWN_TENANT, this::list).withQuery(),
                Route.post("/tenants", ADMIN, this::create).blaming(TenantReader::place),
                Route.get("/tenants/{tenant_id}", OF_OWN_TENANT, this::get),
                Route.patch("/tenants/{tenant_id}", OF_OWN_TENANT, this::change)
                        .about(this::find)
                        .blaming(TenantReader::place),
                Route.delete("/tenants/{tenant_id}", ADMIN, this::delete)
                        .about(this::find)
                        .withQuery());
    }

    /// The tenant that a path names; throws `404` for a text that is not an id.
    public static TenantId id(Request request) {
        return TenantId.parse(request.variable("tenant_id")).orElseThrow(Tenants::notFound);
    }

    /// The tenant that a path names, for a caller that may know of it. That of others is not there.
    public static TenantId id(Caller caller, Request request) {
        var id = id(request);
        if (!caller.reaches(id)) {
            throw Tenants.notFound();
        }
        return id;
    }

    private Tenant find(Caller caller, Request request) {
        return tenants.find(id(caller, request));
    }

    private Response list(Caller caller, Request request) {
        var query = new Query(request.query());
        var slug = query.take("filter[slug]");
        var within = caller.within();
        return new IdList<>(
                        "tenants" + (within == null ? "" : "/" + within) + "?" + query.withoutPages(),
                        (from, backwards, limit) -> within == null
                                ? tenants.list(slug, from, backwards, limit)
                                : tenants.only(within, slug),
                        () -> within == null
                                ? tenants.count(slug)
                                : tenants.only(within, slug).size(),
                        IdList.LARGEST,
                        tenant -> tenant.id().value(),
                        (json, tenant) -> TenantResource.write(json, tenant, Admin.base(request)))
                .response(request, query, cursors);
    }

    private Response get(Caller caller, Request request) {
        var tags = EntityTags.of(request, "If-None-Match");
        var tenant = find(caller, request);
        return tags.present() && tags.holdWeakly(tenant.version())
                ? Response.empty(304).with("ETag", tenant.etag())
                : response(200, request, tenant);
    }

    private Response create(Caller caller, Request request) {
        var document = new ResourceDocument(request.body(), Tenant.TYPE);
        document.refuseId();
        var tenant = tenants.create(caller.author(request.id()), TenantReader.read(document, true));
        return response(201, request, tenant).with("Location", TenantResource.url(Admin.base(request), tenant));
    }

    private Response change(Caller caller, Request request) {
        var id = id(caller, request);
        var document = new ResourceDocument(request.body(), Tenant.TYPE);
        document.demandId(id.toString());
        var wanted = TenantReader.read(document, false);
        if (caller.within() != null) {
            wanted.refuseWhatIsOfInstallation();
        }
        return response(
                200, request, tenants.change(caller.author(request.id()), id, wanted, Admin.expectedVersion(request)));
    }

    private Response delete(Caller caller, Request request) {
        var query = new Query(request.query());
        var users = query.take("users", TenantsApi::isDelete);
        query.refuseUnknown();
        tenants.delete(caller.author(request.id()), id(request), Admin.expectedVersion(request), users != null);
        return Response.empty(204);
    }

    private static boolean isDelete(String word) {
        if (!word.equals("delete")) {
            throw new InvalidValue("This parameter takes the word delete.");
        }
        return true;
    }

    private static Response response(int status, Request request, Tenant tenant) {
        var base = Admin.base(request);
        return Document.of(TenantResource.url(base, tenant), json -> TenantResource.write(json, tenant, base))
                .response(status)
                .with("ETag", tenant.etag());
    }
}
