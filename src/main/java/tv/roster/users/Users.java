package tv.roster.users;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.roster.access.Call;
import tv.roster.credentials.PasswordHash;
import tv.roster.credentials.PasswordHasher;
import tv.roster.database.Database;
import tv.roster.database.Statements;
import tv.roster.database.UniqueViolation;
import tv.roster.events.Author;
import tv.roster.http.EntityTags;
import tv.roster.ids.Ids;
import tv.roster.ids.ProfileId;
import tv.roster.ids.UserId;
import tv.roster.jsonapi.ErrorCode;
import tv.roster.jsonapi.Problem;
import tv.roster.jsonapi.Problems;
import tv.roster.jsonapi.Refusal;
import tv.roster.jsonapi.ResourceDocument;
import tv.roster.jsonapi.Source;
import tv.roster.users.UserChangesTable.Deletion;
import tv.roster.users.UserChangesTable.Outcome;

/// The rules of users: what may be created, changed and deleted, and what is told when it may not.
public final class Users {
    /// How often a PUT may lose the race between finding nobody and creating somebody.
    private static final int PUT_ATTEMPTS = 5;

    private final Database database;
    private final PasswordHasher hasher;
    private final Ids ids;
    private final InstantSource clock;

    public Users(Database database, PasswordHasher hasher, Ids ids, InstantSource clock) {
        this.database = database;
        this.hasher = hasher;
        this.ids = ids;
        this.clock = clock;
    }

    User find(Call call, UserKey key, UserInclude include) {
        var found = switch (key) {
            case UserKey.ById(UserId id) -> UsersTable.find(call.statements(), call.tenant(), id, include);
            case UserKey.ByExternalId(String id) ->
                UsersTable.findByExternalId(call.statements(), call.tenant(), id, include);
        };
        return found.orElseThrow(Users::notFound);
    }

    User create(Call call, UserChange wanted) {
        return create(call, wanted, hash(wanted));
    }

    private User create(Call call, UserChange wanted, @Nullable PasswordHash password) {
        try {
            return UserChangesTable.create(
                    call.statements(), call.tenant(), ids.next(), ids.next(), wanted, password, author(call));
        } catch (UniqueViolation e) {
            throw taken(call, wanted, null, e);
        }
    }

    /// Changes a user; `expected` is the id that the document names, where the address names another key.
    User change(Call call, UserKey key, UserChange wanted, EntityTags ifMatch, @Nullable UserId expected) {
        return tryChange(call, key, wanted, hash(wanted), ifMatch, expected).orElseThrow(Users::notFound);
    }

    /// What a PUT did.
    record Put(User user, boolean created) {}

    /// Creates the user with this external id or brings it up to date, however many do so at once.
    Put put(Call call, ExternalId externalId, UserChange sent, EntityTags ifMatch, @Nullable UserId expected) {
        var wanted = sent.withExternalId(externalId);
        var key = new UserKey.ByExternalId(externalId.value());
        var password = hash(wanted);
        for (int attempt = 1; ; attempt++) {
            var changed = tryChange(call, key, wanted, password, ifMatch, expected);
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
            refuseStored(wanted);
            try {
                return new Put(create(call, wanted, password), true);
            } catch (Refusal e) {
                // Somebody else has just made it: bring theirs up to date.
                if (attempt == PUT_ATTEMPTS || e.problems().getFirst().code() != ErrorCode.EXTERNAL_ID_TAKEN) {
                    throw e;
                }
            }
        }
    }

    void delete(Call call, UserKey key, EntityTags ifMatch) {
        var deletion = UserChangesTable.delete(call.statements(), call.tenant(), key, ifMatch, author(call));
        if (deletion == Deletion.OTHER_VERSION && ifMatch.present()) {
            throw versionMismatch();
        }
        if (deletion != Deletion.DELETED) {
            throw notFound();
        }
    }

    private Optional<User> tryChange(
            Call call,
            UserKey key,
            UserChange wanted,
            @Nullable PasswordHash password,
            EntityTags ifMatch,
            @Nullable UserId expected) {
        Function<Statements, Optional<Outcome>> change = statements -> {
            if (wanted.needsLook()) {
                look(statements, call, key, wanted, ifMatch);
            }
            return UserChangesTable.change(
                    statements, call.tenant(), key, wanted, password, ifMatch, expected, author(call));
        };
        try {
            var outcome = wanted.needsLook() && call.statements().equals(database)
                    ? database.inTransaction(change)
                    : change.apply(call.statements());
            return outcome.map(Users::held);
        } catch (UniqueViolation e) {
            throw taken(call, wanted, key, e);
        }
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
    private static void look(Statements transaction, Call call, UserKey key, UserChange wanted, EntityTags ifMatch) {
        var locked = switch (key) {
            case UserKey.ById(UserId id) -> UserChangesTable.lock(transaction, call.tenant(), id);
            case UserKey.ByExternalId(String id) ->
                UsersTable.findByExternalId(transaction, call.tenant(), id, UserInclude.NOTHING)
                        .flatMap(user -> UserChangesTable.lock(transaction, call.tenant(), user.id()));
        };
        if (locked.isEmpty()) {
            return;
        }
        var user = locked.get();
        if (ifMatch.versions() != null && !List.of(ifMatch.versions()).contains(user.version())) {
            throw versionMismatch();
        }
        List<ProfileId> profiles =
                wanted.defaultProfile().present() || wanted.stored().profiles().present()
                        ? UserChangesTable.profileIds(transaction, call.tenant(), user.id())
                        : List.of();
        UserReader.checkStored(wanted, user, profiles);
        var profile = wanted.defaultProfile().value();
        if (profile != null && !profiles.contains(profile)) {
            throw new Refusal(UserReader.notOfThisUser("/data/relationships/default_user_profile/data"));
        }
    }

    /// For a PUT that creates: nothing is stored that a read-only member could equal, but null.
    private static void refuseStored(UserChange wanted) {
        var problems = new Problems();
        UserReader.refuseStored(problems, wanted);
        problems.throwIfAny();
    }

    /// Tells which of the unique members somebody else has, all at once.
    private Refusal taken(Call call, UserChange wanted, @Nullable UserKey self, UniqueViolation violation) {
        var problems = new Problems();
        var email = wanted.email().map(EmailAddress::key);
        var externalId = wanted.externalId().map(ExternalId::value);
        // Read outside of a transaction that the violation has ended.
        for (var taken : UsersTable.taken(database, call.tenant(), email, externalId)) {
            if (isSelf(self, taken)) {
                continue;
            }
            if (taken.email()) {
                problems.add(takenBy(taken.user(), ErrorCode.EMAIL_TAKEN, "/data/attributes/contact_details/email"));
            }
            if (taken.externalId()) {
                problems.add(takenBy(taken.user(), ErrorCode.EXTERNAL_ID_TAKEN, "/data/attributes/external_id"));
            }
        }
        problems.throwIfAny();
        // Whoever had it has given it up meanwhile.
        boolean isEmail = violation.index().equals("user_email_taken");
        return new Refusal(
                isEmail ? ErrorCode.EMAIL_TAKEN : ErrorCode.EXTERNAL_ID_TAKEN,
                "Another user had this just now.",
                Source.pointer(isEmail ? "/data/attributes/contact_details/email" : "/data/attributes/external_id"));
    }

    private static boolean isSelf(@Nullable UserKey self, UsersTable.Taken taken) {
        return switch (self) {
            case null -> false;
            case UserKey.ById(UserId id) -> id.equals(taken.user());
            case UserKey.ByExternalId(String id) -> id.equals(taken.ownExternalId());
        };
    }

    private static Problem takenBy(UserId user, ErrorCode code, String pointer) {
        return new Problem(
                code,
                "User " + user + " has this already.",
                Source.pointer(pointer),
                Map.of("existing_id", user.toString()),
                Map.of());
    }

    private @Nullable PasswordHash hash(UserChange wanted) {
        return wanted.password().map(hasher::hash);
    }

    private Author author(Call call) {
        return Author.of(
                ids.next(),
                clock.instant(),
                call.caller().key().id().value(),
                call.caller().address(),
                call.request().id());
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
