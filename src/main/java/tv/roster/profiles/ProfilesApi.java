package tv.roster.profiles;

import static tv.roster.access.Scope.USERS_READ;
import static tv.roster.access.Scope.USERS_WRITE;

import java.util.List;
import java.util.Map;
import tv.roster.access.Caller;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.EntityTags;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.Fieldsets;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The calls on profiles, directly and below their user.
public final class ProfilesApi {
    private final Profiles profiles;

    public ProfilesApi(Profiles profiles) {
        this.profiles = profiles;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get("/users/{user_id}/default_user_profile", USERS_READ, calls.read(this::getDefault))
                        .withQuery(),
                Route.get("/users/{user_id}/user_profiles", USERS_READ, calls.read(this::list))
                        .withQuery(),
                Route.post("/users/{user_id}/user_profiles", USERS_WRITE, calls.write(this::add))
                        .about(calls.subject(call -> profiles.findDefault(call.work(), user(call))))
                        .blaming(ProfileReader.places("/data")),
                Route.get("/users/{user_id}/relationships/user_profiles", USERS_READ, calls.read(this::linkage)),
                Route.get("/user_profiles/{profile_id}", USERS_READ, calls.read(this::get))
                        .withQuery(),
                Route.patch("/user_profiles/{profile_id}", USERS_WRITE, calls.write(this::change))
                        .about(calls.subject(call -> profiles.find(call.work(), profile(call))))
                        .blaming(ProfileReader.places("/data")),
                Route.delete("/user_profiles/{profile_id}", USERS_WRITE, calls.write(this::remove))
                        .about(calls.subject(call -> profiles.find(call.work(), profile(call)))));
    }

    private static UserId user(Call call) {
        return UserId.parse(call.request().variable("user_id"))
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such user."));
    }

    private static ProfileId profile(Call call) {
        return ProfileId.parse(call.request().variable("profile_id"))
                .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no such profile."));
    }

    private Response getDefault(Call call) {
        var fields = fields(call);
        return single(
                200,
                call,
                profiles.findDefault(call.work(), user(call)),
                fields,
                call.request().url());
    }

    private Response get(Call call) {
        var fields = fields(call);
        return single(
                200,
                call,
                profiles.find(call.work(), profile(call)),
                fields,
                call.request().url());
    }

    private Response list(Call call) {
        var fields = fields(call);
        var all = profiles.ofUser(call.work(), user(call));
        var base = UserManagement.base(call.request());
        return Document.of(
                        call.request().url(),
                        Document.array(all, (json, profile) -> ProfileResource.write(json, profile, base, fields)))
                .response(200);
    }

    private Response linkage(Call call) {
        var user = user(call);
        var all = profiles.ofUser(call.work(), user);
        return Document.ofRelationship(
                        call.request().url(),
                        UserManagement.base(call.request()) + "/users/" + user + "/user_profiles",
                        Document.array(all, (json, profile) -> ProfileResource.writeIdentifier(json, profile.id())))
                .response(200);
    }

    private Prepared add(Call call) {
        var user = user(call);
        var document = new ResourceDocument(call.request().body(), Profile.TYPE);
        document.refuseId();
        var wanted = ProfileReader.read(document, true);
        return applied -> {
            var profile = profiles.add(applied.work(), user, wanted);
            return plain(201, applied, profile)
                    .with("Location", ProfileResource.url(UserManagement.base(applied.request()), profile));
        };
    }

    private Prepared change(Call call) {
        var id = profile(call);
        var document = new ResourceDocument(call.request().body(), Profile.TYPE);
        document.demandId(call.request().variable("profile_id"));
        var wanted = ProfileReader.read(document, false);
        refuseTags(call, id);
        return applied -> plain(200, applied, profiles.change(applied.work(), id, wanted));
    }

    private Prepared remove(Call call) {
        var id = profile(call);
        refuseTags(call, id);
        return applied -> {
            profiles.remove(applied.work(), id);
            return Response.empty(204);
        };
    }

    /// A profile has no entity tag, so no tag matches; `If-Match: *` matches any that exists (RFC 9110, section
    /// 13.1.1).
    private void refuseTags(Call call, ProfileId id) {
        if (EntityTags.of(call.request(), "If-Match").versions() != null) {
            profiles.find(call.work(), id);
            throw new Refusal(ErrorCode.VERSION_MISMATCH, "Profiles have no entity tags.", Source.header("If-Match"));
        }
    }

    private static Fieldsets fields(Call call) {
        var query = new Query(call.request().query());
        var fields = Fieldsets.of(query, Map.of(Profile.TYPE, ProfileResource.FIELDS));
        query.refuseUnknown();
        return fields;
    }

    private static Response plain(int status, Call call, Profile profile) {
        return single(
                status,
                call,
                profile,
                Fieldsets.ALL,
                ProfileResource.url(UserManagement.base(call.request()), profile));
    }

    private static Response single(int status, Call call, Profile profile, Fieldsets fields, String self) {
        return Document.of(
                        self, json -> ProfileResource.write(json, profile, UserManagement.base(call.request()), fields))
                .response(status);
    }
}
