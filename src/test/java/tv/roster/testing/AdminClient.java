package tv.roster.testing;

import static tv.roster.testing.Json.json;

import java.util.concurrent.atomic.AtomicInteger;

/// Sets up tenants and keys by the admin API, as an operator would.
public final class AdminClient {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ApiClient api;

    public AdminClient(ApiClient api) {
        this.api = api;
    }

    public ApiClient api() {
        return api;
    }

    /// A slug that no other test has.
    public static String newSlug() {
        return "t" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    /// A new tenant with more attributes, given as JSON members with a comma before them.
    public Response newTenant(String moreAttributes) {
        return made(api.post(
                "/tenants", document("Tenant", "'slug':'" + newSlug() + "','name':'North TV'" + moreAttributes)));
    }

    public Response patchTenant(String id, String attributes, String... headers) {
        return api.patch("/tenants/" + id, document("Tenant", id, attributes), headers);
    }

    /// A new key of a tenant with more attributes, given as JSON members with a comma before them.
    public Response newKey(String tenant, String moreAttributes) {
        return made(api.post("/tenants/" + tenant + "/api_keys", document("ApiKey", "'name':'BSS'" + moreAttributes)));
    }

    public Response patchKey(String id, String attributes, String... headers) {
        return api.patch("/api_keys/" + id, document("ApiKey", id, attributes), headers);
    }

    public Response rotate(String id, long overlapSeconds) {
        return api.post(
                "/api_keys/" + id + "/rotations", document("ApiKeyRotation", "'overlap_seconds':" + overlapSeconds));
    }

    public static String secret(Response made) {
        return made.textAt("/data/attributes/secret");
    }

    private static Response made(Response response) {
        if (response.status() != 201) {
            throw new AssertionError("not made: " + response.text());
        }
        return response;
    }

    /// The document of a new resource with these attributes, given as JSON members.
    public static String document(String type, String attributes) {
        return json("{'data':{'type':'" + type + "','attributes':{" + attributes + "}}}");
    }

    /// The document of a resource that is there.
    public static String document(String type, String id, String attributes) {
        return json("{'data':{'type':'" + type + "','id':'" + id + "','attributes':{" + attributes + "}}}");
    }
}
