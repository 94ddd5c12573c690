package tv.roster.tenants;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.Directory;
import tv.roster.calls.Admin;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.sql.Patience;
import tv.roster.platform.sql.UniqueViolation;
import tv.roster.users.LeavingUsers;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// The rules of tenants. A change is in force on this node immediately, on the others within a second.
public final class Tenants {
    private static final Logger LOG = LoggerFactory.getLogger(Tenants.class);

    /// For the steps of a deletion: a database that restarts or has no connection to spare rejects statements at once.
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), Duration.ofMillis(250));

    private final Database database;
    private final Directory directory;
    private final EventLines lines;

    public Tenants(Database database, Directory directory, EventLines lines) {
        this.database = database;
        this.directory = directory;
        this.lines = lines;
    }

    Tenant find(TenantId id) {
        return TenantsTable.find(database, id).orElseThrow(Tenants::notFound);
    }

    List<Tenant> list(@Nullable String slug, @Nullable UUID from, boolean backwards, int limit) {
        return TenantsTable.list(database, slug, from, backwards, limit);
    }

    /// The list for a caller that sees only this tenant.
    List<Tenant> only(TenantId id, @Nullable String slug) {
        return TenantsTable.find(database, id).stream()
                .filter(tenant -> slug == null || slug.equals(tenant.slug()))
                .toList();
    }

    long count(@Nullable String slug) {
        return TenantsTable.count(database, slug);
    }

    Tenant create(Author author, TenantChange wanted) {
        try {
            return TenantsTable.create(database, lines.ids().next(), wanted, lines.next(author));
        } catch (UniqueViolation e) {
            throw slugTaken();
        } finally {
            directory.changed();
        }
    }

    /// A flag that a user has cannot be removed from the catalogue: clients could not send back such a user.
    Tenant change(Author author, TenantId id, TenantChange wanted, ExpectedVersion version) {
        if (wanted.userFlags().value() != null) {
            refuseFlagsInUse(find(id), wanted.userFlags().value());
        }
        try {
            var outcome = TenantsTable.change(database, id, wanted, version, lines.next(author))
                    .orElseThrow(Tenants::notFound);
            if (!outcome.versionHolds()) {
                throw Admin.versionMismatch();
            }
            directory.changed();
            return outcome.tenant();
        } catch (UniqueViolation e) {
            throw slugTaken();
        }
    }

    private void refuseFlagsInUse(Tenant tenant, List<String> wanted) {
        var removed = new ArrayList<>(tenant.userFlags());
        removed.removeAll(wanted);
        var used = removed.isEmpty() ? removed : TenantsTable.flagsInUse(database, tenant.id(), removed);
        if (!used.isEmpty()) {
            throw new Refusal(
                    ErrorCode.FLAG_IN_USE,
                    "There are users with " + String.join(", ", used) + "; take the flags from them first.",
                    TenantMember.USER_FLAGS);
        }
    }

    /// Deletes a tenant with its keys. If it has users, they are deleted as well with `withUsers`, otherwise the
    /// deletion is rejected. The keys are deleted first, then the users in steps, then the rest; if a step fails,
    /// repeating the call completes the deletion. The version is checked when the deletion begins; later changes of
    /// the tenant do not stop it.
    void delete(Author author, TenantId id, ExpectedVersion version, boolean withUsers) {
        var deletion = tryDelete(author, id, version);
        if (deletion == TenantsTable.Deletion.HAS_USERS && withUsers) {
            refuseOtherVersion(find(id), version);
            TenantsTable.deleteKeys(database, id);
            directory.changed();
            while (deletion == TenantsTable.Deletion.HAS_USERS) {
                while (step(() -> LeavingUsers.deleteSome(database, id, lines.ids(), lines.next(author)))) {}
                deletion = step(() -> tryDelete(author, id, ExpectedVersion.NONE));
            }
        }
        directory.changed();
        switch (deletion) {
            case DELETED -> deleteLeftovers(id);
            case OTHER_VERSION -> throw Admin.versionMismatch();
            case HAS_USERS ->
                throw new Refusal(
                        ErrorCode.TENANT_HAS_USERS,
                        "The tenant has users; users=delete deletes them as well, permanently.");
        }
    }

    /// A step of a deletion in progress. It is retried, since each of many steps may have to wait for locks of
    /// others, or for the database.
    private static <T> T step(Supplier<T> step) {
        try {
            return PATIENCE.retry(step);
        } catch (Refusal refusal) {
            var code = refusal.problems().getFirst().code();
            if (code == ErrorCode.OUTCOME_UNKNOWN) {
                throw new Refusal(
                        code,
                        "The connection to the database was lost. The tenant is deleted, wholly or in part."
                                + " Repeat the call to delete what is left.");
            }
            if (code == ErrorCode.UNAVAILABLE) {
                throw new Refusal(code, "The tenant is partly deleted. Repeat the call to delete the rest.");
            }
            throw refusal;
        }
    }

    private TenantsTable.Deletion tryDelete(Author author, TenantId id, ExpectedVersion version) {
        var line = lines.next(author);
        return database.inTransaction(transaction -> TenantsTable.delete(transaction, id, version, line))
                .orElseThrow(Tenants::notFound);
    }

    /// The tenant has been deleted, whether or not this succeeds; remaining rows expire within a day.
    private void deleteLeftovers(TenantId id) {
        try {
            TenantsTable.deleteLeftovers(database, id);
        } catch (RuntimeException e) {
            LOG.warn("The stored responses of a deleted tenant remain until they expire: {}", e.getMessage());
        }
    }

    private static void refuseOtherVersion(Tenant tenant, ExpectedVersion version) {
        if (!version.accepts(tenant.version())) {
            throw Admin.versionMismatch();
        }
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such tenant.");
    }

    private static Refusal slugTaken() {
        return new Refusal(ErrorCode.SLUG_TAKEN, "Another tenant has this slug.", TenantMember.SLUG);
    }
}
