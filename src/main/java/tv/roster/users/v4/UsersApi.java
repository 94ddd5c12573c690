package tv.roster.users.v4;

import static tv.roster.access.Scope.USERS_READ;
import static tv.roster.access.Scope.USERS_WRITE;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.Profile;
import tv.roster.profiles.ProfileResource;
import tv.roster.users.User;
import tv.roster.users.UserInclude;
import tv.roster.users.UserKey;
import tv.roster.users.UserMember;
import tv.roster.users.Users;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.UserId;

/// The calls on single users: `/users` and the paths below it.
public final class UsersApi {
    static final Map<String, Set<String>> FIELDS =
            Map.of(UserReader.TYPE, UserResource.FIELDS, Profile.TYPE, ProfileResource.FIELDS);

    private final Users users;

    public UsersApi(Users users) {
        this.users = users;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                        Route.post("/users", USERS_WRITE, calls.write(this::create)),
                        Route.get("/users/{user_id}", USERS_READ, calls.read(call -> get(call, byId(call))))
                                .withQuery(),
                        Route.patch("/users/{user_id}", USERS_WRITE, calls.write(this::change))
                                .about(calls.subject(call -> users.demand(call.work(), byId(call)))),
                        Route.delete("/users/{user_id}", USERS_WRITE, calls.write(call -> delete(call, byId(call))))
                                .about(calls.subject(call -> users.demand(call.work(), byId(call)))),
                        Route.get(
                                        "/users/by_external_id/{external_id}",
                                        USERS_READ,
                                        calls.read(call -> get(call, byExternalId(call))))
                                .withQuery(),
                        Route.put("/users/by_external_id/{external_id}", USERS_WRITE, calls.write(this::put)),
                        Route.patch(
                                        "/users/by_external_id/{external_id}",
                                        USERS_WRITE,
                                        calls.write(this::changeByExternalId))
                                .about(calls.subject(call -> users.demand(call.work(), byExternalId(call)))),
                        Route.delete(
                                        "/users/by_external_id/{external_id}",
                                        USERS_WRITE,
                                        calls.write(call -> delete(call, byExternalId(call))))
                                .about(calls.subject(call -> users.demand(call.work(), byExternalId(call)))))
                .stream()
                .map(route -> route.blaming(UserReader.places("/data")))
                .toList();
    }

    private static UserKey byId(Call call) {
        return new UserKey.ById(UserId.parse(call.request().variable("user_id")).orElseThrow(Users::notFound));
    }

    private static UserKey byExternalId(Call call) {
        return new UserKey.ByExternalId(
                UserManagement.pathValue(call.request().variable("external_id"), ExternalId::parse));
    }

    private Response get(Call call, UserKey key) {
        var selection = Selection.of(call);
        var tags = EntityTags.of(call.request(), "If-None-Match");
        var user = users.find(call.work(), key, selection.include());
        if (selection.isPlain() && tags.present() && tags.holdWeakly(user.version())) {
            return Response.empty(304).with("ETag", user.etag());
        }
        return response(200, call, user, selection, call.request().url());
    }

    private Prepared create(Call call) {
        var prepared = users.prepare(call.work(), reader(call).create());
        return applied -> created(applied, users.create(applied.work(), prepared));
    }

    private Prepared change(Call call) {
        var key = byId(call);
        var version = expectedVersion(call);
        var reader = reader(call);
        reader.document().demandId(call.request().variable("user_id"));
        var prepared = users.prepare(call.work(), key, reader.change());
        return applied -> plain(200, applied, users.change(applied.work(), key, prepared, version, null));
    }

    private Prepared changeByExternalId(Call call) {
        var key = byExternalId(call);
        var version = expectedVersion(call);
        var reader = reader(call);
        var id = idIn(reader.document().demandId());
        var prepared = users.prepare(call.work(), key, reader.change());
        return applied -> plain(200, applied, users.change(applied.work(), key, prepared, version, id));
    }

    private Prepared put(Call call) {
        var externalId = newExternalId(call.request().variable("external_id"));
        var reader = reader(call);
        var sentId = reader.document().id();
        var wanted = reader.change();
        if (wanted.externalId().differsFrom(externalId)) {
            throw new Refusal(
                    ErrorCode.ID_MISMATCH, "The external id is not that of the address.", UserMember.EXTERNAL_ID);
        }
        var id = sentId == null ? null : idIn(sentId);
        var version = expectedVersion(call);
        var key = new UserKey.ByExternalId(externalId);
        var prepared = users.prepare(call.work(), key, wanted.withExternalId(externalId));
        return applied -> {
            var put = users.put(applied.work(), externalId, prepared, version, id);
            return put.created() ? created(applied, put.user()) : plain(200, applied, put.user());
        };
    }

    /// The external id that a PUT would assign: an invalid one is a bad value here, not an unknown user.
    private static ExternalId newExternalId(String text) {
        try {
            return ExternalId.parse(text);
        } catch (InvalidValue e) {
            throw new Refusal(e.at(Source.NONE));
        }
    }

    private static UserReader reader(Call call) {
        return new UserReader(call.request().body(), call.caller().tenant());
    }

    private static ExpectedVersion expectedVersion(Call call) {
        return EntityTags.of(call.request(), "If-Match").expected();
    }

    private Prepared delete(Call call, UserKey key) {
        var version = expectedVersion(call);
        return applied -> {
            users.delete(applied.work(), key, version);
            return Response.empty(204);
        };
    }

    /// Parses an id in a document; a text that is not a UUID is an unknown user.
    private static UserId idIn(String text) {
        return UserId.parse(text).orElseThrow(Users::idMismatch);
    }

    /// The response to a call that has created this user.
    public static Response created(Call call, User user) {
        return plain(201, call, user).with("Location", UserResource.url(UserManagement.base(call.request()), user));
    }

    private static Response plain(int status, Call call, User user) {
        return response(
                status, call, user, Selection.PLAIN, UserResource.url(UserManagement.base(call.request()), user));
    }

    private static Response response(int status, Call call, User user, Selection selection, String self) {
        var resource = selection.resource(UserManagement.base(call.request()));
        var response = Document.of(self, json -> resource.write(json, user))
                .including(selection.compound() ? resource.included(List.of(user)) : null)
                .response(status);
        return selection.isPlain() ? response.with("ETag", user.etag()) : response;
    }

    /// The requested parts of a user: `include` and `fields`. With `include`, even an empty one, the document is
    /// compound (JSON:API 1.1, "Inclusion of Related Resources").
    record Selection(boolean compound, UserInclude include, Fieldsets fieldsets) {
        static final Selection PLAIN = new Selection(false, UserInclude.NOTHING, Fieldsets.ALL);

        private static Selection of(Call call) {
            if (call.request().query().isEmpty()) {
                return PLAIN;
            }
            var query = new Query(call.request().query());
            var selection = of(query);
            query.refuseUnknown();
            return selection;
        }

        /// Writes such users, with links that begin with `base`.
        UserResource resource(String base) {
            return new UserResource(base, fieldsets, include == UserInclude.ALL_PROFILES);
        }

        static Selection of(Query query) {
            var include = query.take("include", UserInclude::parse);
            return new Selection(
                    include != null, include == null ? UserInclude.NOTHING : include, Fieldsets.of(query, FIELDS));
        }

        /// Whether the response consists of the complete user alone, so that its entity tag applies to the
        /// response.
        boolean isPlain() {
            return !compound && fieldsets.equals(Fieldsets.ALL);
        }
    }
}
