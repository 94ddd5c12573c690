package tv.roster.users;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.events.log.EventLine;
import tv.roster.events.log.EventLines;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.platform.sql.Statements;
import tv.roster.users.UserChangesTable.Outcome;
import tv.roster.users.UserDeletionTable.Deletion;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;
import tv.roster.work.Work;

/// The rules of users: what can be created, changed and deleted, and what is reported if it cannot.
public final class Users {
    /// How often a PUT may find no user with the id, and then lose the race to create it.
    private static final int PUT_ATTEMPTS = 5;

    private final PasswordHasher hasher;
    private final EventLines lines;

    public Users(PasswordHasher hasher, EventLines lines) {
        this.hasher = hasher;
        this.lines = lines;
    }

    public User find(Work work, UserKey key, UserInclude include) {
        return found(work, key, include).orElseThrow(Users::notFound);
    }

    private static Optional<User> found(Work work, UserKey key, UserInclude include) {
        return switch (key) {
            case UserKey.ById(UserId id) -> UsersTable.find(work.statements(), work.tenant(), id, include);
            case UserKey.ByExternalId(ExternalId id) ->
                UsersTable.findByExternalId(work.statements(), work.tenant(), id, include);
        };
    }

    /// Throws `404` if the user does not exist.
    public void demand(Work work, UserKey key) {
        find(work, key, UserInclude.NOTHING);
    }

    /// Prepares a change of the user with this key. If it sets a password, the user is looked up to compare the
    /// password with the person's stored data.
    public PreparedChange prepare(Work work, UserKey key, UserChange wanted) {
        if (wanted.password().value() != null) {
            var problems = new Problems();
            OwnPassword.check(wanted, found(work, key, UserInclude.NOTHING).orElse(null), problems);
            problems.throwIfAny();
        }
        return prepare(work, wanted);
    }

    /// Hashes the new password, which takes long: never call this inside a transaction.
    public PreparedChange prepare(Work work, UserChange wanted) {
        return new PreparedChange(wanted, wanted.password().map(password -> hasher.hash(work.tenant(), password)));
    }

    public User create(Work work, PreparedChange prepared) {
        var wanted = prepared.wanted();
        return UniqueWrites.run(
                work,
                wanted,
                null,
                statements -> UserChangesTable.create(
                        statements,
                        work.tenant(),
                        lines.ids().next(),
                        lines.ids().next(),
                        wanted,
                        prepared.password(),
                        line(work)));
    }

    /// Locks the users with these keys or profiles until the transaction ends, in the same order for every caller:
    /// those that want to change the same users then wait for each other instead of running into a deadlock.
    public void lockAll(Work work, Collection<UserKey> keys, Collection<ProfileId> profiles) {
        UserLocksTable.lockAll(work.statements(), work.tenant(), keys, profiles);
    }

    /// Changes a user; `expected` is the id in the document if the address contains the external id.
    public User change(
            Work work, UserKey key, PreparedChange prepared, ExpectedVersion version, @Nullable UserId expected) {
        return tryChange(work, key, prepared, version, expected).orElseThrow(Users::notFound);
    }

    /// The outcome of a PUT.
    public record Put(User user, boolean created) {}

    /// Creates the user with this external id, which the change contains as well, or updates it, even if several
    /// callers do so at once.
    public Put put(
            Work work,
            ExternalId externalId,
            PreparedChange prepared,
            ExpectedVersion version,
            @Nullable UserId expected) {
        var key = new UserKey.ByExternalId(externalId);
        for (int attempt = 1; ; attempt++) {
            var changed = tryChange(work, key, prepared, version, expected);
            if (changed.isPresent()) {
                return new Put(changed.get(), false);
            }
            if (version.demanded()) {
                throw versionMismatch();
            }
            if (expected != null) {
                throw new Refusal(ErrorCode.CLIENT_ID_NOT_ALLOWED, "The server generates the id.", UserMember.ID);
            }
            StoredMembers.refuse(prepared.wanted());
            try {
                return new Put(create(work, prepared), true);
            } catch (Refusal e) {
                // Somebody else has just created the user: update it instead.
                boolean lost = e.problems().stream().anyMatch(problem -> problem.code() == ErrorCode.EXTERNAL_ID_TAKEN);
                if (!lost || attempt == PUT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// Deletes a user, also if it is changed at the same time.
    public void delete(Work work, UserKey key, ExpectedVersion version) {
        var deletion = delete(work.statements(), work, key, version);
        if (deletion == Deletion.CHANGED_MEANWHILE) {
            deletion = work.statements().inTransaction(transaction -> {
                UserDeletionTable.lock(transaction, work.tenant(), key);
                return delete(transaction, work, key, version);
            });
        }
        if (deletion == Deletion.OTHER_VERSION) {
            throw versionMismatch();
        }
        if (deletion != Deletion.DELETED) {
            throw notFound();
        }
    }

    private Deletion delete(Statements statements, Work work, UserKey key, ExpectedVersion version) {
        return UserDeletionTable.delete(statements, work.tenant(), key, version, line(work));
    }

    private Optional<User> tryChange(
            Work work, UserKey key, PreparedChange prepared, ExpectedVersion version, @Nullable UserId expected) {
        var wanted = prepared.wanted();
        Function<Statements, Optional<Outcome>> change = statements -> UserChangesTable.change(
                statements, work.tenant(), key, wanted, prepared.password(), version, expected, line(work));
        Function<Statements, Optional<Outcome>> lookAndChange = transaction -> {
            look(transaction, work, key, wanted, version, expected);
            return change.apply(transaction);
        };
        return UniqueWrites.run(
                        work,
                        wanted,
                        key,
                        statements ->
                                wanted.needsLook() ? statements.inTransaction(lookAndChange) : change.apply(statements))
                .map(Users::held);
    }

    private static User held(Outcome outcome) {
        if (!outcome.idHolds()) {
            throw idMismatch();
        }
        if (!outcome.versionHolds()) {
            throw versionMismatch();
        }
        return outcome.user();
    }

    /// Locks the user and compares its read-only members and its profiles with those in the request.
    private static void look(
            Statements transaction,
            Work work,
            UserKey key,
            UserChange wanted,
            ExpectedVersion version,
            @Nullable UserId expected) {
        var locked = UserLocksTable.lock(transaction, work.tenant(), key);
        if (locked.isEmpty()) {
            return;
        }
        var user = locked.get();
        held(new Outcome(user, version.accepts(user.version()), expected == null || expected.equals(user.id())));
        List<ProfileId> profiles =
                wanted.defaultProfile().present() || wanted.stored().profiles().present()
                        ? UserChangesTable.profileIds(transaction, work.tenant(), user.id())
                        : List.of();
        StoredMembers.check(wanted, user, profiles);
    }

    private EventLine line(Work work) {
        return lines.next(work.author());
    }

    public static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }

    public static Refusal idMismatch() {
        return new Refusal(ErrorCode.ID_MISMATCH, "The id is not that of the resource addressed.", UserMember.ID);
    }

    private static Refusal versionMismatch() {
        return new Refusal(
                ErrorCode.VERSION_MISMATCH,
                "The user's version is not one of those in If-Match.",
                Source.EXPECTED_VERSION);
    }
}
