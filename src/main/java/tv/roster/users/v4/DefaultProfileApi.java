package tv.roster.users.v4;

import java.util.List;
import tv.roster.access.Caller;
import tv.roster.access.Scope;
import tv.roster.calls.Call;
import tv.roster.calls.CallWrite.Prepared;
import tv.roster.calls.UserManagement;
import tv.roster.idempotency.TenantCalls;
import tv.roster.platform.http.EntityTags;
import tv.roster.platform.http.Response;
import tv.roster.platform.http.Route;
import tv.roster.platform.jsonapi.Document;
import tv.roster.platform.jsonapi.Linkage;
import tv.roster.platform.problems.Member;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.Profile;
import tv.roster.profiles.ProfileResource;
import tv.roster.users.StoredMembers;
import tv.roster.users.User;
import tv.roster.users.UserChange;
import tv.roster.users.UserInclude;
import tv.roster.users.UserKey;
import tv.roster.users.UserMember;
import tv.roster.users.Users;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The relationship endpoint of a user's default profile (JSON:API 1.1, "Updating To-One Relationships").
public final class DefaultProfileApi {
    private static final String PATH = "/users/{user_id}/relationships/default_user_profile";

    private final Users users;

    public DefaultProfileApi(Users users) {
        this.users = users;
    }

    public List<Route<Caller>> routes(TenantCalls calls) {
        return List.of(
                Route.get(PATH, Scope.USERS_READ, calls.read(this::get)),
                Route.patch(PATH, Scope.USERS_WRITE, calls.write(this::change))
                        .about(calls.subject(call -> users.demand(call.work(), user(call))))
                        .blaming(DefaultProfileApi::place));
    }

    /// The profile is the primary data of the document.
    private static Source place(Member member) {
        return member == UserMember.DEFAULT_PROFILE ? Source.pointer("/data") : Source.NONE;
    }

    private static UserKey user(Call call) {
        return new UserKey.ById(UserId.parse(call.request().variable("user_id")).orElseThrow(Users::notFound));
    }

    private Response get(Call call) {
        return linkage(call, users.find(call.work(), user(call), UserInclude.NOTHING));
    }

    private Prepared change(Call call) {
        var key = user(call);
        var prepared = users.prepare(call.work(), UserChange.ofDefaultProfile(profileIn(call)));
        var version = EntityTags.of(call.request(), "If-Match").expected();
        return applied -> linkage(applied, users.change(applied.work(), key, prepared, version, null));
    }

    private static ProfileId profileIn(Call call) {
        var problems = new Problems();
        var sent = Linkage.toOne(call.request().body(), Profile.TYPE, problems);
        problems.throwIfAny();
        return ProfileId.parse(String.valueOf(sent.value()))
                .orElseThrow(() -> new Refusal(StoredMembers.notOfThisUser()));
    }

    private static Response linkage(Call call, User user) {
        var self = UserResource.url(UserManagement.base(call.request()), user);
        return Document.ofRelationship(
                        self + "/relationships/default_user_profile",
                        self + "/default_user_profile",
                        json -> ProfileResource.writeIdentifier(json, user.defaultProfile()))
                .response(200);
    }
}
