package tv.roster.deletion;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.events.log.EventLines;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Statements;
import tv.roster.users.UniqueWrites;
import tv.roster.users.User;
import tv.roster.values.ids.UserId;
import tv.roster.work.Work;

/// The rules of users that were deleted.
public final class DeletedUsers {
    private final EventLines lines;

    public DeletedUsers(EventLines lines) {
        this.lines = lines;
    }

    DeletedUser find(Work work, UserId id) {
        return DeletedUsersTable.find(work.statements(), work.tenant(), id).orElseThrow(DeletedUsers::notFound);
    }

    List<DeletedUser> list(Work work, DeletedUserFilter filter, @Nullable UUID from, boolean backwards, int limit) {
        return DeletedUsersTable.list(work.statements(), work.tenant(), filter, from, backwards, limit);
    }

    long count(Work work, DeletedUserFilter filter) {
        return DeletedUsersTable.count(work.statements(), work.tenant(), filter);
    }

    /// Restores a user as it was: with its id, profiles and password, but without the links and mails that it had.
    ///
    /// @throws Refusal `409` if somebody else has its address or external id, `404` if there is nothing to restore
    User restore(Work work, KnownTenant tenant, UserId id) {
        var flags = tenant.flags().toArray(String[]::new);
        return UniqueWrites.run(
                        work,
                        () -> DeletedUsersTable.uniqueValues(work.statements(), work.tenant(), id),
                        statements -> DeletedUsersTable.restore(
                                statements, work.tenant(), id, flags, lines.next(work.author())))
                .orElseThrow(DeletedUsers::notFound);
    }

    /// Removes the copies of users whose grace period is over; for [tv.roster.platform.background.Sweeper].
    public static int purge(Statements statements, long now, int limit) {
        return DeletedUsersTable.purge(statements, now, limit);
    }

    /// Removes what is left of users whose events are no longer kept; for [tv.roster.platform.background.Sweeper].
    public static int forget(Statements statements, long now, int limit) {
        return DeletedUsersTable.forget(statements, now, limit);
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such deleted user, or it can no longer be restored.");
    }
}
