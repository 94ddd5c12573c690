package tv.roster.operations;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tv.roster.access.KnownTenant;
import tv.roster.operations.DataReader.Existing;
import tv.roster.operations.Operation.AddProfile;
import tv.roster.operations.Operation.AddUser;
import tv.roster.operations.Operation.ChangeProfile;
import tv.roster.operations.Operation.ChangeUser;
import tv.roster.operations.Operation.RemoveProfile;
import tv.roster.operations.Operation.RemoveUser;
import tv.roster.operations.Operation.SetDefaultProfile;
import tv.roster.operations.Target.AllUsers;
import tv.roster.operations.Target.DefaultProfileOf;
import tv.roster.operations.Target.OfData;
import tv.roster.operations.Target.OneProfile;
import tv.roster.operations.Target.OneUser;
import tv.roster.operations.Target.OtherRelationship;
import tv.roster.operations.Target.ProfilesOf;
import tv.roster.operations.TargetReader.Placed;
import tv.roster.platform.jsonapi.Members;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.profiles.Profile;
import tv.roster.profiles.ProfileReader;
import tv.roster.users.PreparedChange;
import tv.roster.users.UserKey;
import tv.roster.users.v4.UserReader;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.Sent;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// Reads one operation object (Atomic Operations, "Operation Objects"), and reports everything that is wrong with it.
final class OperationReader {
    private static final String ONE = "This has to lead to one resource, and not to a collection.";

    private final KnownTenant tenant;
    private final LidReader lids;
    private final TargetReader targets;
    private final String pointer;
    private final Problems problems = new Problems();
    private final Members operation;
    private final DataReader data;

    private enum Op {
        ADD,
        UPDATE,
        REMOVE;

        static Op parse(String text) {
            return Arrays.stream(values())
                    .filter(op -> op.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new InvalidValue("An op is add, update or remove."));
        }
    }

    OperationReader(JsonNode object, String pointer, KnownTenant tenant, LidReader lids, TargetReader targets) {
        this.tenant = tenant;
        this.lids = lids;
        this.targets = targets;
        this.pointer = pointer;
        this.operation = new Members(object, pointer, problems);
        this.data = new DataReader(operation.raw("data"), pointer, lids, problems);
    }

    Step read() {
        var op = op();
        var target = targets.take(operation);
        operation.object("meta").refuseUnknown();
        operation.refuseUnknown();
        if (op == null || target == null) {
            problems.throwIfAny();
            throw new IllegalStateException("An operation without an op or a target, and nothing to report");
        }
        return switch (op) {
            case ADD -> add(target);
            case UPDATE -> update(target);
            case REMOVE -> remove(target);
        };
    }

    private @Nullable Op op() {
        if (operation.raw("op") == null) {
            problems.add(ErrorCode.INVALID_VALUE, "An operation needs its op: add, update or remove.", pointer);
        }
        return operation.textNotNull("op", Op::parse);
    }

    private Step step(Operation read, String resource, boolean byLid, @Nullable String linkage) {
        problems.throwIfAny();
        return new Step(read, new PlaceReader(pointer, resource, byLid, linkage)::place);
    }

    private Step step(Operation read, Placed target) {
        return step(read, target.pointer(), target.byLid(), null);
    }

    private static Refusal notSupported(Placed target) {
        return new Refusal(
                ErrorCode.OPERATION_NOT_SUPPORTED,
                "Of relationships, operations only update a user's default_user_profile.",
                Source.pointer(target.pointer()));
    }

    /// Reports a target that this op cannot have, together with everything else.
    private Refusal unfit(String place, String detail) {
        problems.add(ErrorCode.INVALID_VALUE, detail, place);
        problems.throwIfAny();
        throw new IllegalStateException("A problem was not reported");
    }

    private Step add(Placed target) {
        return switch (target.target()) {
            case AllUsers collection -> addUser(target);
            case ProfilesOf(UserId user) -> addProfile(target, user);
            case OfData resource -> data.type().equals(UserReader.TYPE) ? addUser(target) : addProfile(target, null);
            case OneUser one -> throw notForAdd(target);
            case OneProfile one -> throw notForAdd(target);
            case DefaultProfileOf one -> throw notSupported(target);
            case OtherRelationship one -> throw notSupported(target);
        };
    }

    private Refusal notForAdd(Placed target) {
        return unfit(
                target.pointer(),
                "To add a resource, name none but the href of a collection: /users, or the user_profiles of a user.");
    }

    private Step addUser(Placed target) {
        var resource = data.newResource(UserReader.TYPE);
        var wanted = new UserReader(resource.document(), tenant).create();
        var placeholder = lids.define(resource.type(), resource.lid());
        return step(new AddUser(placeholder, new PreparedChange(wanted, null)), target);
    }

    private Step addProfile(Placed target, @Nullable UserId of) {
        boolean userByLid = of == null && data.namesUserByLid();
        var resource = data.newResource(Profile.TYPE);
        var relationships = resource.document().relationships();
        if (of == null && relationships.raw("user") == null) {
            problems.add(
                    ErrorCode.INVALID_VALUE,
                    "A new profile names its user, in relationships.user or by the href of the user's profiles.",
                    resource.document().pointer() + (relationships.present() ? "/relationships" : ""));
        }
        var wanted = ProfileReader.read(resource.document(), true);
        var named = relationships.pointer("user") + "/data" + (userByLid ? "/lid" : "");
        var user = of == null ? wanted.user().value() : of;
        if (user == null) {
            throw new Refusal(ErrorCode.NOT_FOUND, "There is no such user.", Source.pointer(named));
        }
        var placeholder = lids.define(resource.type(), resource.lid());
        var add = new AddProfile(placeholder, user, wanted);
        return of == null ? step(add, named, userByLid, null) : step(add, target);
    }

    private Step update(Placed target) {
        return switch (target.target()) {
            case OneUser(UserKey.ById(UserId id)) ->
                changeUser(data.existing(UserReader.TYPE, id.value()), new UserKey.ById(id), target);
            case OneUser(UserKey.ByExternalId key) -> changeUser(data.existing(UserReader.TYPE), key, target);
            case OneProfile(ProfileId id) -> changeProfile(data.existing(Profile.TYPE, id.value()), id, target);
            case DefaultProfileOf(UserId user) -> setDefaultProfile(user, target);
            case OfData resource -> updateWhatDataNames();
            case AllUsers collection -> throw unfit(target.pointer(), ONE);
            case ProfilesOf collection -> throw unfit(target.pointer(), ONE);
            case OtherRelationship one -> throw notSupported(target);
        };
    }

    private Step updateWhatDataNames() {
        var type = data.type();
        var resource = data.existing(type);
        var id = resource.document().demandId();
        var target = TargetReader.one(type, id, resource.idPointer());
        var placed = new Placed(target, resource.idPointer(), resource.byLid());
        return target instanceof OneProfile(ProfileId profile)
                ? changeProfile(resource, profile, placed)
                : changeUser(resource, ((OneUser) target).key(), placed);
    }

    private Step changeUser(Existing resource, UserKey key, Placed target) {
        var wanted = new UserReader(resource.document(), tenant).change();
        var change = new PreparedChange(wanted.withoutVersion(), null);
        var version = expected(wanted.stored().version());
        return step(new ChangeUser(key, change, version, resource.idBeside(key)), target);
    }

    private static ExpectedVersion expected(Sent<Long> version) {
        if (!version.present()) {
            return ExpectedVersion.NONE;
        }
        var number = version.value();
        return number == null || number < 1 || number > Integer.MAX_VALUE
                ? new ExpectedVersion(true, new Integer[0])
                : new ExpectedVersion(true, new Integer[] {number.intValue()});
    }

    private Step changeProfile(Existing resource, ProfileId id, Placed target) {
        return step(new ChangeProfile(id, ProfileReader.read(resource.document(), false)), target);
    }

    private Step setDefaultProfile(UserId user, Placed target) {
        var set = new SetDefaultProfile(user, data.defaultProfile());
        return step(set, target.pointer(), target.byLid(), operation.pointer("data"));
    }

    private Step remove(Placed target) {
        return switch (target.target()) {
            case OneUser(UserKey key) -> removeUser(key, target);
            case OneProfile(ProfileId id) -> {
                if (data.isPresent()) {
                    data.existing(Profile.TYPE, id.value()).refuseContent();
                }
                yield step(new RemoveProfile(id), target);
            }
            case OfData resource -> throw unfit(pointer, "To remove a resource, name it by a ref or an href.");
            case AllUsers collection -> throw unfit(target.pointer(), ONE);
            case ProfilesOf collection -> throw unfit(target.pointer(), ONE);
            case DefaultProfileOf one -> throw notSupported(target);
            case OtherRelationship one -> throw notSupported(target);
        };
    }

    private Step removeUser(UserKey key, Placed target) {
        if (!data.isPresent()) {
            return step(new RemoveUser(key, ExpectedVersion.NONE, null), target);
        }
        var resource = key instanceof UserKey.ById(UserId id)
                ? data.existing(UserReader.TYPE, id.value())
                : data.existing(UserReader.TYPE);
        var version = expected(resource.document().meta().integer("version"));
        resource.refuseContent();
        return step(new RemoveUser(key, version, resource.idBeside(key)), target);
    }
}
