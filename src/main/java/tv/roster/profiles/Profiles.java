package tv.roster.profiles;

import java.util.List;
import java.util.function.Supplier;
import tv.roster.events.log.EventLines;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.UniqueViolation;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;
import tv.roster.work.Work;

/// The rules of profiles: unique names, at most 20 a user, and a default that cannot be deleted.
public final class Profiles {
    private final EventLines lines;

    public Profiles(EventLines lines) {
        this.lines = lines;
    }

    Profile find(Work work, ProfileId id) {
        return ProfilesTable.find(work.statements(), work.tenant(), id).orElseThrow(Profiles::notFound);
    }

    Profile findDefault(Work work, UserId user) {
        return ProfilesTable.findDefault(work.statements(), work.tenant(), user).orElseThrow(Profiles::noSuchUser);
    }

    List<Profile> ofUser(Work work, UserId user) {
        var profiles = ProfilesTable.ofUser(work.statements(), work.tenant(), user);
        if (profiles.isEmpty()) {
            throw noSuchUser();
        }
        return profiles;
    }

    public Profile add(Work work, UserId user, ProfileChange wanted) {
        return refusingTakenNames(() -> work.statements().inTransaction(transaction -> {
            var _ = ProfilesTable.lockUser(transaction, work.tenant(), user).orElseThrow(Profiles::noSuchUser);
            wanted.checkStored(false, user);
            var name = wanted.name().value();
            var age = wanted.ageLimit().value();
            var profile = new Profile(
                    new ProfileId(lines.ids().next()),
                    user,
                    name == null ? ProfileName.DEFAULT.value() : name.value(),
                    Boolean.TRUE.equals(wanted.isChildProfile().value()),
                    age == null ? null : age.intValue(),
                    false);
            if (!ProfilesTable.add(transaction, work.tenant(), profile, lines.next(work.author()))) {
                throw new Refusal(
                        ErrorCode.PROFILE_LIMIT, "A user has at most " + Profile.MOST_PER_USER + " profiles.");
            }
            return profile;
        }));
    }

    public Profile change(Work work, ProfileId id, ProfileChange wanted) {
        if (wanted.isDefault().present() || wanted.user().present()) {
            var stored = find(work, id);
            wanted.checkStored(stored.isDefault(), stored.user());
        }
        return refusingTakenNames(
                () -> ProfilesTable.change(work.statements(), work.tenant(), id, wanted, lines.next(work.author()))
                        .orElseThrow(Profiles::notFound));
    }

    public void remove(Work work, ProfileId id) {
        boolean removed = work.statements().inTransaction(transaction -> {
            var user = ProfilesTable.find(transaction, work.tenant(), id)
                    .orElseThrow(Profiles::notFound)
                    .user();
            var defaultProfile =
                    ProfilesTable.lockUser(transaction, work.tenant(), user).orElseThrow(Profiles::notFound);
            if (defaultProfile.equals(id)) {
                throw new Refusal(ErrorCode.DEFAULT_PROFILE, "This is the user's default profile.");
            }
            return ProfilesTable.remove(transaction, work.tenant(), id, lines.next(work.author()));
        });
        if (!removed) {
            throw notFound();
        }
    }

    private static <T> T refusingTakenNames(Supplier<T> write) {
        try {
            return write.get();
        } catch (UniqueViolation e) {
            throw new Refusal(
                    ErrorCode.PROFILE_NAME_TAKEN, "Another profile of this user has this name.", ProfileMember.NAME);
        }
    }

    private static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such profile.");
    }

    private static Refusal noSuchUser() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }
}
