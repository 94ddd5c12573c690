package tv.roster.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tv.roster.operations.Operation.AddProfile;
import tv.roster.operations.Operation.AddUser;
import tv.roster.operations.Operation.ChangeProfile;
import tv.roster.operations.Operation.ChangeUser;
import tv.roster.operations.Operation.Rejected;
import tv.roster.operations.Operation.RemoveProfile;
import tv.roster.operations.Operation.RemoveUser;
import tv.roster.operations.Operation.SetDefaultProfile;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.profiles.Profiles;
import tv.roster.users.OwnPassword;
import tv.roster.users.PreparedChange;
import tv.roster.users.User;
import tv.roster.users.UserChange;
import tv.roster.users.UserInclude;
import tv.roster.users.UserKey;
import tv.roster.users.Users;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.ProfileId;
import tv.roster.work.Work;

/// Carries out operations in their order, in one transaction, by the same rules as single calls.
public final class Operations {
    /// No operation begins later than this after the first one, so that a call that waits for others again and again
    /// does not hold its locks for minutes. A single statement has a limit of its own.
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Users users;
    private final Profiles profiles;

    public Operations(Users users, Profiles profiles) {
        this.users = users;
        this.profiles = profiles;
    }

    /// Hashes the passwords of all operations, one after the other, so that a call takes one place in the queue for
    /// hashing at a time. Nothing is hashed for operations that cannot succeed.
    List<Step> prepare(Work work, List<Step> steps) {
        if (steps.getLast().operation() instanceof Rejected) {
            return steps;
        }
        return steps.stream()
                .map(step -> step.with(hashed(work, step.operation())))
                .toList();
    }

    private Operation hashed(Work work, Operation operation) {
        return switch (operation) {
            case AddUser add -> new AddUser(add.placeholder(), hashed(work, add.change()));
            case ChangeUser change ->
                new ChangeUser(change.key(), hashed(work, change.change()), change.version(), change.expected());
            case RemoveUser same -> same;
            case SetDefaultProfile same -> same;
            case AddProfile same -> same;
            case ChangeProfile same -> same;
            case RemoveProfile same -> same;
            case Rejected same -> same;
        };
    }

    private PreparedChange hashed(Work work, PreparedChange change) {
        return users.prepare(work, change.wanted());
    }

    /// Does everything or nothing; throws the refusal of the first operation that fails.
    List<Outcome> run(Work work, List<Step> steps) {
        return work.statements().inTransaction(transaction -> {
            var all = work.in(transaction);
            var created = new Created();
            var outcomes = new ArrayList<Outcome>();
            long begun = System.nanoTime();
            lock(all, steps);
            for (var step : steps) {
                refuseLate(begun);
                try {
                    outcomes.add(run(all, step.operation(), created));
                } catch (Refusal refusal) {
                    throw step.placed().apply(refusal);
                }
            }
            return outcomes;
        });
    }

    /// A call that changes one user needs no order.
    private void lock(Work work, List<Step> steps) {
        var keys = new HashSet<UserKey>();
        var ofProfiles = new HashSet<ProfileId>();
        for (var step : steps) {
            switch (step.operation()) {
                case ChangeUser change -> keys.add(change.key());
                case RemoveUser remove -> keys.add(remove.key());
                case SetDefaultProfile set -> keys.add(new UserKey.ById(set.user()));
                case AddProfile add -> keys.add(new UserKey.ById(add.user()));
                case ChangeProfile change -> ofProfiles.add(change.id());
                case RemoveProfile remove -> ofProfiles.add(remove.id());
                case AddUser add -> {}
                case Rejected rejected -> {}
            }
        }
        if (keys.size() + ofProfiles.size() > 1) {
            users.lockAll(work, keys, ofProfiles);
        }
    }

    private static void refuseLate(long begun) {
        if (System.nanoTime() - begun > LONGEST.toNanos()) {
            throw new Refusal(
                    ErrorCode.UNAVAILABLE,
                    "The operations took longer than " + LONGEST.toSeconds()
                            + " s, because other calls were changing the same resources; nothing was changed.");
        }
    }

    private Outcome run(Work work, Operation operation, Created created) {
        return switch (operation) {
            case AddUser add -> {
                var user = users.create(work, add.change());
                created.put(add.placeholder(), user.id().value());
                yield new Outcome.OfUser(user);
            }
            case ChangeUser change -> new Outcome.OfUser(change(work, change, created));
            case RemoveUser remove -> remove(work, remove, created);
            case SetDefaultProfile set -> setDefault(work, set, created);
            case AddProfile add -> {
                var profile = profiles.add(work, created.user(add.user()), created.in(add.change()));
                created.put(add.placeholder(), profile.id().value());
                yield new Outcome.OfProfile(profile);
            }
            case ChangeProfile change ->
                new Outcome.OfProfile(profiles.change(work, created.profile(change.id()), created.in(change.change())));
            case RemoveProfile remove -> {
                profiles.remove(work, created.profile(remove.id()));
                yield Outcome.Removed.REMOVED;
            }
            case Rejected(Refusal refusal) -> throw refusal;
        };
    }

    /// A new password is compared with what the user has become, including the changes of earlier operations; at that
    /// point nothing is committed.
    private User change(Work work, ChangeUser change, Created created) {
        var prepared = new PreparedChange(
                created.in(change.change().wanted()), change.change().password());
        var user = users.change(
                work, created.key(change.key()), prepared, change.version(), created.userOrNull(change.expected()));
        var problems = new Problems();
        OwnPassword.check(prepared.wanted(), user, problems);
        problems.throwIfAny();
        return user;
    }

    private Outcome setDefault(Work work, SetDefaultProfile set, Created created) {
        var wanted = UserChange.ofDefaultProfile(created.profile(set.profile()));
        var user = users.change(
                work,
                new UserKey.ById(created.user(set.user())),
                new PreparedChange(wanted, null),
                ExpectedVersion.NONE,
                null);
        return new Outcome.OfDefaultProfile(user.defaultProfile());
    }

    private Outcome remove(Work work, RemoveUser remove, Created created) {
        var key = created.key(remove.key());
        var expected = created.userOrNull(remove.expected());
        if (expected != null) {
            if (!expected.equals(users.find(work, key, UserInclude.NOTHING).id())) {
                throw Users.idMismatch();
            }
            key = new UserKey.ById(expected);
        }
        users.delete(work, key, remove.version());
        return Outcome.Removed.REMOVED;
    }
}
