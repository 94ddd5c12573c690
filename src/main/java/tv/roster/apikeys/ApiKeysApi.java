package tv.roster.apikeys;

import static tv.roster.access.Administration.OF_OWN_TENANT;
import static tv.roster.access.Scope.ADMIN;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Caller;
import tv.roster.apikeys.ApiKeys.Shown;
import tv.roster.apikeys.ApiKeysTable.Filter;
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
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.tenants.TenantsApi;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;

/// The admin API's calls on keys: those of a tenant, and (`/api_keys`) all of them, including admin keys.
public final class ApiKeysApi {
    private static final String ROTATION = "ApiKeyRotation";
    private static final long USUAL_OVERLAP_SECONDS = 24 * 60 * 60;

    private final ApiKeys keys;
    private final Cursors cursors;

    public ApiKeysApi(ApiKeys keys, Cursors cursors) {
        this.keys = keys;
        this.cursors = cursors;
    }

    public List<Route<Caller>> routes() {
        return List.of(
                Route.get("/api_keys", OF_OWN_TENANT, (caller, request) -> list(request, caller.within()))
                        .withQuery(),
                Route.post("/api_keys", ADMIN, (caller, request) -> create(caller, request, null)),
                Route.get("/tenants/{tenant_id}/api_keys", OF_OWN_TENANT, this::listOfTenant)
                        .withQuery(),
                Route.post(
                                "/tenants/{tenant_id}/api_keys",
                                OF_OWN_TENANT,
                                (caller, request) -> create(caller, request, TenantsApi.id(caller, request)))
                        .about((caller, request) -> keys.demandTenant(TenantsApi.id(caller, request)))
                        .blaming(ApiKeyReader::place),
                Route.get("/api_keys/{api_key_id}", OF_OWN_TENANT, this::get),
                Route.patch("/api_keys/{api_key_id}", OF_OWN_TENANT, this::change)
                        .about(this::find)
                        .blaming(ApiKeyReader::place),
                Route.delete("/api_keys/{api_key_id}", OF_OWN_TENANT, this::revoke)
                        .about(this::find),
                Route.post("/api_keys/{api_key_id}/rotations", OF_OWN_TENANT, this::rotate));
    }

    private static ApiKeyId id(Request request) {
        return ApiKeyId.parse(request.variable("api_key_id")).orElseThrow(ApiKeys::notFound);
    }

    /// The key that a path names. One that belongs to others than the caller is not there.
    private ApiKey find(Caller caller, Request request) {
        var key = keys.find(id(request));
        if (!caller.reaches(key.tenant())) {
            throw ApiKeys.notFound();
        }
        return key;
    }

    /// Keys do not change their tenant, so that who may reach one can be looked up before it is changed.
    private ApiKeyId reachable(Caller caller, Request request) {
        return caller.within() == null ? id(request) : find(caller, request).id();
    }

    private Response listOfTenant(Caller caller, Request request) {
        var tenant = TenantsApi.id(caller, request);
        keys.demandTenant(tenant);
        return list(request, tenant);
    }

    private Response list(Request request, @Nullable TenantId tenant) {
        var query = new Query(request.query());
        var filter = new Filter(tenant, query.take("filter[prefix]"));
        return new IdList<>(
                        "api_keys/" + tenant + "?" + query.withoutPages(),
                        (from, backwards, limit) -> keys.list(filter, from, backwards, limit),
                        () -> keys.count(filter),
                        IdList.LARGEST,
                        key -> key.id().value(),
                        (json, key) -> ApiKeyResource.write(json, key, null, Admin.base(request)))
                .response(request, query, cursors);
    }

    private Response get(Caller caller, Request request) {
        var tags = EntityTags.of(request, "If-None-Match");
        var key = find(caller, request);
        return tags.present() && tags.holdWeakly(key.version())
                ? Response.empty(304).with("ETag", key.etag())
                : response(request, key);
    }

    private Response create(Caller caller, Request request, @Nullable TenantId tenant) {
        var document = new ResourceDocument(request.body(), ApiKey.TYPE);
        document.refuseId();
        return shown(request, keys.create(caller.author(request.id()), tenant, read(caller, document, tenant, null)));
    }

    private static ApiKeyChange read(
            Caller caller, ResourceDocument document, @Nullable TenantId tenant, @Nullable ApiKey stored) {
        var wanted = ApiKeyReader.read(document, tenant, stored);
        if (caller.within() != null && wanted.rateLimit().present()) {
            throw new Refusal(
                    ErrorCode.OPERATION_NOT_SUPPORTED,
                    "Only administrators of the installation change this.",
                    ApiKeyMember.RATE_LIMIT);
        }
        return wanted;
    }

    private Response change(Caller caller, Request request) {
        var id = id(request);
        var document = new ResourceDocument(request.body(), ApiKey.TYPE);
        document.demandId(id.toString());
        var stored = find(caller, request);
        var wanted = read(caller, document, stored.tenant(), stored);
        return response(
                request,
                keys.change(
                        caller.author(request.id()),
                        caller.from().address(),
                        id,
                        wanted,
                        Admin.expectedVersion(request)));
    }

    private Response revoke(Caller caller, Request request) {
        keys.revoke(caller.author(request.id()), reachable(caller, request), Admin.expectedVersion(request));
        return Response.empty(204);
    }

    private Response rotate(Caller caller, Request request) {
        long overlap = Admin.overlap(request, ROTATION, USUAL_OVERLAP_SECONDS);
        return shown(
                request,
                keys.rotate(
                        caller.author(request.id()),
                        reachable(caller, request),
                        overlap,
                        Admin.expectedVersion(request)));
    }

    private static Response response(Request request, ApiKey key) {
        var base = Admin.base(request);
        return Document.of(ApiKeyResource.url(base, key), json -> ApiKeyResource.write(json, key, null, base))
                .response(200)
                .with("ETag", key.etag());
    }

    /// The only response that contains the secret, which no cache may store.
    private static Response shown(Request request, Shown shown) {
        var base = Admin.base(request);
        var url = ApiKeyResource.url(base, shown.key());
        return Document.of(url, json -> ApiKeyResource.write(json, shown.key(), shown.secret(), base))
                .response(201)
                .with("Location", url)
                .with("ETag", shown.key().etag())
                .with("Cache-Control", "no-store");
    }
}
