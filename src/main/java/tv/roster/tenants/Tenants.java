package tv.roster.tenants;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.access.Admin;
import tv.roster.access.Caller;
import tv.roster.access.Directory;
import tv.roster.events.AdminAuthors;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.UniqueViolation;
import tv.roster.platform.http.EntityTags;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.users.LeavingUsers;
import tv.roster.values.ids.TenantId;

/// The rules of tenants. A change is in force on this node at once, on the others within a second.
public final class Tenants {
    private static final Logger LOG = LoggerFactory.getLogger(Tenants.class);

    private final Database database;
    private final Directory directory;
    private final AdminAuthors authors;

    public Tenants(Database database, Directory directory, AdminAuthors authors) {
        this.database = database;
        this.directory = directory;
        this.authors = authors;
    }

    Tenant find(TenantId id) {
        return TenantsTable.find(database, id).orElseThrow(Tenants::notFound);
    }

    List<Tenant> list(@Nullable String slug, @Nullable UUID from, boolean backwards, int limit) {
        return TenantsTable.list(database, slug, from, backwards, limit);
    }

    long count(@Nullable String slug) {
        return TenantsTable.count(database, slug);
    }

    Tenant create(Caller caller, Request request, TenantChange wanted) {
        try {
            return TenantsTable.create(database, authors.ids().next(), wanted, authors.of(caller, request));
        } catch (UniqueViolation e) {
            throw slugTaken();
        } finally {
            directory.refresh();
        }
    }

    /// A flag that a user has stays in the catalogue: taking it out would leave users that no call can describe.
    Tenant change(Caller caller, Request request, TenantId id, TenantChange wanted, EntityTags ifMatch) {
        if (wanted.userFlags().value() != null) {
            refuseFlagsInUse(find(id), wanted.userFlags().value());
        }
        try {
            var outcome = TenantsTable.change(database, id, wanted, ifMatch, authors.of(caller, request))
                    .orElseThrow(Tenants::notFound);
            if (!outcome.versionHolds()) {
                throw Admin.versionMismatch();
            }
            directory.refresh();
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
                    Source.pointer("/data/attributes/user_flags"));
        }
    }

    /// Deletes a tenant with its keys. Its users are deleted as well when `withUsers`, else they are a reason to
    /// refuse. First the keys go, then the users in steps, then the rest: what breaks off is finished by a repeat.
    void delete(Caller caller, Request request, TenantId id, EntityTags ifMatch, boolean withUsers) {
        var deletion = tryDelete(caller, request, id, ifMatch);
        if (deletion == TenantsTable.Deletion.HAS_USERS && withUsers) {
            refuseOtherVersion(find(id), ifMatch);
            TenantsTable.deleteKeys(database, id);
            directory.refresh();
            while (deletion == TenantsTable.Deletion.HAS_USERS) {
                while (LeavingUsers.deleteSome(database, id, authors.ids(), authors.of(caller, request))) {}
                deletion = tryDelete(caller, request, id, ifMatch);
            }
        }
        directory.refresh();
        switch (deletion) {
            case DELETED -> deleteLeftovers(id);
            case OTHER_VERSION -> throw Admin.versionMismatch();
            case HAS_USERS ->
                throw new Refusal(
                        ErrorCode.TENANT_HAS_USERS,
                        "The tenant has users; users=delete deletes them with it, for good.");
        }
    }

    private TenantsTable.Deletion tryDelete(Caller caller, Request request, TenantId id, EntityTags ifMatch) {
        var author = authors.of(caller, request);
        return database.inTransaction(transaction -> TenantsTable.delete(transaction, id, ifMatch, author))
                .orElseThrow(Tenants::notFound);
    }

    /// The tenant is gone, whatever happens here: what stays ends by itself within a day.
    private void deleteLeftovers(TenantId id) {
        try {
            TenantsTable.deleteLeftovers(database, id);
        } catch (RuntimeException e) {
            LOG.warn("Kept answers of a deleted tenant will go when they expire: {}", e.getMessage());
        }
    }

    private static void refuseOtherVersion(Tenant tenant, EntityTags ifMatch) {
        var versions = ifMatch.versions();
        if (versions != null && !List.of(versions).contains(tenant.version())) {
            throw Admin.versionMismatch();
        }
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such tenant.");
    }

    private static Refusal slugTaken() {
        return new Refusal(
                ErrorCode.SLUG_TAKEN, "Another tenant has this slug.", Source.pointer("/data/attributes/slug"));
    }
}
