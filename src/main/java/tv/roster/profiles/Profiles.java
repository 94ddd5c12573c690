package tv.roster.profiles;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import tv.roster.access.Call;
import tv.roster.events.Author;
import tv.roster.platform.database.UniqueViolation;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The rules of profiles: unique names, at most 20 a user, and a default that cannot be deleted.
public final class Profiles {
    private final Ids ids;
    private final InstantSource clock;

    public Profiles(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    Profile find(Call call, ProfileId id) {
        return ProfilesTable.find(call.statements(), call.tenant(), id).orElseThrow(Profiles::notFound);
    }

    Profile findDefault(Call call, UserId user) {
        return ProfilesTable.findDefault(call.statements(), call.tenant(), user).orElseThrow(Profiles::noSuchUser);
    }

    List<Profile> ofUser(Call call, UserId user) {
        var profiles = ProfilesTable.ofUser(call.statements(), call.tenant(), user);
        if (profiles.isEmpty()) {
            throw noSuchUser();
        }
        return profiles;
    }

    Profile add(Call call, UserId user, ProfileChange wanted) {
        return refusingTakenNames(() -> call.statements().inTransaction(transaction -> {
            var _ = ProfilesTable.lockUser(transaction, call.tenant(), user).orElseThrow(Profiles::noSuchUser);
            wanted.checkStored(false, user);
            var name = wanted.name().value();
            var age = wanted.ageLimit().value();
            var profile = new Profile(
                    new ProfileId(ids.next()),
                    user,
                    name == null ? ProfileName.DEFAULT.value() : name.value(),
                    Boolean.TRUE.equals(wanted.isChildProfile().value()),
                    age == null ? null : age.intValue(),
                    false);
            if (!ProfilesTable.add(transaction, call.tenant(), profile, Author.of(call, ids, clock))) {
                throw new Refusal(
                        ErrorCode.PROFILE_LIMIT, "A user has at most " + Profile.MOST_PER_USER + " profiles.");
            }
            return profile;
        }));
    }

    Profile change(Call call, ProfileId id, ProfileChange wanted) {
        if (wanted.isDefault().present() || wanted.user().present()) {
            var stored = find(call, id);
            wanted.checkStored(stored.isDefault(), stored.user());
        }
        return refusingTakenNames(
                () -> ProfilesTable.change(call.statements(), call.tenant(), id, wanted, Author.of(call, ids, clock))
                        .orElseThrow(Profiles::notFound));
    }

    void remove(Call call, ProfileId id) {
        boolean removed = call.statements().inTransaction(transaction -> {
            var user = ProfilesTable.find(transaction, call.tenant(), id)
                    .orElseThrow(Profiles::notFound)
                    .user();
            var defaultProfile =
                    ProfilesTable.lockUser(transaction, call.tenant(), user).orElseThrow(Profiles::notFound);
            if (defaultProfile.equals(id)) {
                throw new Refusal(ErrorCode.DEFAULT_PROFILE, "This is the user's default profile.");
            }
            return ProfilesTable.remove(transaction, call.tenant(), id, Author.of(call, ids, clock));
        });
        if (!removed) {
            throw notFound();
        }
    }

    private static <T> T refusingTakenNames(Supplier<T> work) {
        try {
            return work.get();
        } catch (UniqueViolation e) {
            throw new Refusal(
                    ErrorCode.PROFILE_NAME_TAKEN,
                    "Another profile of this user has this name.",
                    Source.pointer("/data/attributes/name"));
        }
    }

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such profile.");
    }

    private static Refusal noSuchUser() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }
}
