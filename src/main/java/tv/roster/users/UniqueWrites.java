package tv.roster.users;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Problem;
import tv.roster.platform.problems.Problems;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.platform.sql.Statements;
import tv.roster.platform.sql.UniqueViolation;
import tv.roster.users.values.EmailAddress;
import tv.roster.users.values.ExternalId;
import tv.roster.values.ids.UserId;
import tv.roster.work.Work;

/// Writes that a unique index can reject. Nothing is looked up before the write; after a violation, the statement
/// below finds out which user has the value.
public final class UniqueWrites {
    /// How often a write is attempted if another user takes the value and gives it up again in the meantime.
    private static final int ATTEMPTS = 5;

    private UniqueWrites() {}

    /// The values that only one user can have.
    public record Values(
            @Nullable String emailKey, @Nullable String externalId) {
        private static Values of(UserChange wanted) {
            return new Values(
                    wanted.email().map(EmailAddress::key), wanted.externalId().map(ExternalId::value));
        }
    }

    /// Runs `write`, or throws the `409` with all values that are taken. `self` is the user to be changed, null for
    /// a new one.
    static <T> T run(Work work, UserChange wanted, @Nullable UserKey self, Function<Statements, T> write) {
        return run(work, () -> Values.of(wanted), self, write);
    }

    /// Runs `write` for a user that does not exist yet; `wanted` is called after a violation.
    public static <T> T run(Work work, Supplier<Values> wanted, Function<Statements, T> write) {
        return run(work, wanted, null, write);
    }

    private static <T> T run(
            Work work, Supplier<Values> wanted, @Nullable UserKey self, Function<Statements, T> write) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.statements().attempt(write);
            } catch (UniqueViolation e) {
                refuseTaken(work, wanted.get(), self);
                if (attempt == ATTEMPTS) {
                    boolean email = e.index().equals("user_email_taken");
                    throw new Refusal(
                            email ? ErrorCode.EMAIL_TAKEN : ErrorCode.EXTERNAL_ID_TAKEN,
                            "Another user had this value a moment ago.",
                            email ? UserMember.EMAIL : UserMember.EXTERNAL_ID);
                }
            }
        }
    }

    /// Reports all unique members that another user has. An open transaction sees whatever has violated the index, be
    /// it committed or its own: each of its statements has a snapshot of its own (READ COMMITTED).
    private static void refuseTaken(Work work, Values wanted, @Nullable UserKey self) {
        var problems = new Problems();
        for (var taken : UsersTable.taken(work.statements(), work.tenant(), wanted.emailKey(), wanted.externalId())) {
            if (isSelf(self, taken)) {
                continue;
            }
            if (taken.email()) {
                problems.add(takenBy(taken.user(), ErrorCode.EMAIL_TAKEN, UserMember.EMAIL));
            }
            if (taken.externalId()) {
                problems.add(takenBy(taken.user(), ErrorCode.EXTERNAL_ID_TAKEN, UserMember.EXTERNAL_ID));
            }
        }
        problems.throwIfAny();
    }

    private static boolean isSelf(@Nullable UserKey self, UsersTable.Taken taken) {
        return switch (self) {
            case null -> false;
            case UserKey.ById(UserId id) -> id.equals(taken.user());
            case UserKey.ByExternalId(ExternalId id) -> id.value().equals(taken.ownExternalId());
        };
    }

    private static Problem takenBy(UserId user, ErrorCode code, UserMember member) {
        return new Problem(
                code,
                "User " + user + " has this already.",
                Source.member(member),
                Map.of("existing_id", user.toString()),
                Map.of());
    }
}
