package tv.roster.users;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Call;
import tv.roster.credentials.PasswordHasher;
import tv.roster.events.Author;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.Statements;
import tv.roster.platform.http.EntityTags;
import tv.roster.platform.jsonapi.ResourceDocument;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.users.UserChangesTable.Outcome;
import tv.roster.users.UserDeletionTable.Deletion;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.ProfileId;
import tv.roster.values.ids.UserId;

/// The rules of users: what may be created, changed and deleted, and what is told when it may not.
public final class Users {
    /// How often a PUT may lose the race between finding nobody and creating somebody.
    private static final int PUT_ATTEMPTS = 5;

    private final UniqueWrites writes;
    private final PasswordHasher hasher;
    private final Ids ids;
    private final InstantSource clock;

    public Users(Database database, PasswordHasher hasher, Ids ids, InstantSource clock) {
        this.writes = new UniqueWrites(database);
        this.hasher = hasher;
        this.ids = ids;
        this.clock = clock;
    }

    User find(Call call, UserKey key, UserInclude include) {
        return found(call, key, include).orElseThrow(Users::notFound);
    }

    private static Optional<User> found(Call call, UserKey key, UserInclude include) {
        return switch (key) {
            case UserKey.ById(UserId id) -> UsersTable.find(call.statements(), call.tenant(), id, include);
            case UserKey.ByExternalId(ExternalId id) ->
                UsersTable.findByExternalId(call.statements(), call.tenant(), id, include);
        };
    }

    /// Refuses a call on a user that does not exist.
    void demand(Call call, UserKey key) {
        find(call, key, UserInclude.NOTHING);
    }

    /// Prepares a change of the user with this key. A password that it sets is compared with what is stored of the
    /// person, for which the user is looked up.
    PreparedChange prepare(Call call, UserKey key, UserChange wanted) {
        if (wanted.password().value() != null) {
            var problems = new Problems();
            OwnPassword.check(wanted, found(call, key, UserInclude.NOTHING).orElse(null), problems);
            problems.throwIfAny();
        }
        return prepare(call, wanted);
    }

    /// Hashes the password that a change sets, which takes long: never call this inside a transaction.
    PreparedChange prepare(Call call, UserChange wanted) {
        return new PreparedChange(wanted, wanted.password().map(password -> hasher.hash(call.tenant(), password)));
    }

    User create(Call call, PreparedChange prepared) {
        var wanted = prepared.wanted();
        return writes.run(
                call,
                wanted,
                null,
                statements -> UserChangesTable.create(
                        statements, call.tenant(), ids.next(), ids.next(), wanted, prepared.password(), author(call)));
    }

    /// Changes a user; `expected` is the id that the document names, where the address names another key.
    User change(Call call, UserKey key, PreparedChange prepared, EntityTags ifMatch, @Nullable UserId expected) {
        return tryChange(call, key, prepared, ifMatch, expected).orElseThrow(Users::notFound);
    }

    /// What a PUT did.
    record Put(User user, boolean created) {}

    /// Creates the user with this external id, which the change has too, or brings it up to date, however many do so at
    /// once.
    Put put(Call call, ExternalId externalId, PreparedChange prepared, EntityTags ifMatch, @Nullable UserId expected) {
        var key = new UserKey.ByExternalId(externalId);
        for (int attempt = 1; ; attempt++) {
            var changed = tryChange(call, key, prepared, ifMatch, expected);
            if (changed.isPresent()) {
                return new Put(changed.get(), false);
            }
            if (ifMatch.present()) {
                throw versionMismatch();
            }
            if (expected != null) {
                throw new Refusal(
                        ErrorCode.CLIENT_ID_NOT_ALLOWED, "The server makes the id.", Source.pointer("/data/id"));
            }
            StoredMembers.refuse(prepared.wanted());
            try {
                return new Put(create(call, prepared), true);
            } catch (Refusal e) {
                // Somebody else has just made it: bring theirs up to date.
                boolean lost = e.problems().stream().anyMatch(problem -> problem.code() == ErrorCode.EXTERNAL_ID_TAKEN);
                if (!lost || attempt == PUT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    void delete(Call call, UserKey key, EntityTags ifMatch) {
        var deletion = UserDeletionTable.delete(call.statements(), call.tenant(), key, ifMatch, author(call));
        if (deletion == Deletion.OTHER_VERSION && ifMatch.present()) {
            throw versionMismatch();
        }
        if (deletion != Deletion.DELETED) {
            throw notFound();
        }
    }

    private Optional<User> tryChange(
            Call call, UserKey key, PreparedChange prepared, EntityTags ifMatch, @Nullable UserId expected) {
        var wanted = prepared.wanted();
        Function<Statements, Optional<Outcome>> change = statements -> UserChangesTable.change(
                statements, call.tenant(), key, wanted, prepared.password(), ifMatch, expected, author(call));
        Function<Statements, Optional<Outcome>> lookAndChange = transaction -> {
            look(transaction, call, key, wanted, ifMatch, expected);
            return change.apply(transaction);
        };
        return writes.run(
                        call,
                        wanted,
                        key,
                        statements ->
                                wanted.needsLook() ? statements.inTransaction(lookAndChange) : change.apply(statements))
                .map(Users::held);
    }

    private static User held(Outcome outcome) {
        if (!outcome.idHolds()) {
            throw ResourceDocument.idMismatch();
        }
        if (!outcome.versionHolds()) {
            throw versionMismatch();
        }
        return outcome.user();
    }

    /// Locks the user and compares what the request says of its read-only members and its profiles.
    private static void look(
            Statements transaction,
            Call call,
            UserKey key,
            UserChange wanted,
            EntityTags ifMatch,
            @Nullable UserId expected) {
        var locked = UserChangesTable.lock(transaction, call.tenant(), key);
        if (locked.isEmpty()) {
            return;
        }
        var user = locked.get();
        var versions = ifMatch.versions();
        held(new Outcome(
                user,
                versions == null || List.of(versions).contains(user.version()),
                expected == null || expected.equals(user.id())));
        List<ProfileId> profiles =
                wanted.defaultProfile().present() || wanted.stored().profiles().present()
                        ? UserChangesTable.profileIds(transaction, call.tenant(), user.id())
                        : List.of();
        StoredMembers.check(wanted, user, profiles);
    }

    private Author author(Call call) {
        return Author.of(call, ids, clock);
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such user.");
    }

    private static Refusal versionMismatch() {
        return new Refusal(
                ErrorCode.VERSION_MISMATCH,
                "The user is not in the version that If-Match names.",
                Source.header("If-Match"));
    }
}
