package tv.roster.apikeys;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.ApiKeySecret;
import tv.roster.access.Directory;
import tv.roster.access.allowlist.AllowList;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.apikeys.ApiKeyChangesTable.Outcome;
import tv.roster.apikeys.ApiKeysTable.Filter;
import tv.roster.calls.Admin;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.ExpectedVersion;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;
import tv.roster.work.Author;

/// The rules of API keys. A change is in force on this node immediately, on the others within a second.
public final class ApiKeys {
    private final Database database;
    private final Directory directory;
    private final EventLines lines;

    public ApiKeys(Database database, Directory directory, EventLines lines) {
        this.database = database;
        this.directory = directory;
        this.lines = lines;
    }

    /// A key with its secret, while that may be shown.
    record Shown(ApiKey key, ApiKeySecret secret) {}

    ApiKey find(ApiKeyId id) {
        return ApiKeysTable.find(database, id).orElseThrow(ApiKeys::notFound);
    }

    /// Throws `404` for a tenant that does not exist, which would otherwise have an empty list of keys.
    void demandTenant(TenantId tenant) {
        if (!ApiKeysTable.hasTenant(database, tenant)) {
            throw noTenant();
        }
    }

    List<ApiKey> list(Filter filter, @Nullable UUID from, boolean backwards, int limit) {
        return ApiKeysTable.list(database, filter, from, backwards, limit);
    }

    long count(Filter filter) {
        return ApiKeysTable.count(database, filter);
    }

    /// `tenant` is null for an admin key.
    Shown create(Author author, @Nullable TenantId tenant, ApiKeyChange wanted) {
        var secret = ApiKeySecret.random();
        var key = ApiKeysTable.create(database, lines.ids().next(), tenant, secret, wanted, lines.next(author))
                .orElseThrow(ApiKeys::noTenant);
        directory.changed();
        return new Shown(key, secret);
    }

    ApiKey change(Author author, IpAddress from, ApiKeyId id, ApiKeyChange wanted, ExpectedVersion version) {
        if (id.equals(author.apiKey()) && wanted.allowList().value() != null) {
            refuseToShutOut(from, wanted.allowList().value());
        }
        return settled(ApiKeyChangesTable.change(database, id, wanted, version, lines.next(author))
                .orElseThrow(ApiKeys::notFound));
    }

    private static void refuseToShutOut(IpAddress from, List<String> blocks) {
        var list = new AllowList(blocks.stream().map(CidrBlock::parse).toList());
        if (!list.allows(from)) {
            throw new Refusal(
                    ErrorCode.INVALID_VALUE,
                    "This list would exclude the address that you call from, " + from + ", with the very key you use.",
                    ApiKeyMember.IP_ALLOW_LIST);
        }
    }

    /// The old secret remains valid for `overlapSeconds`; one that is still valid after an earlier rotation ends
    /// now.
    Shown rotate(Author author, ApiKeyId id, long overlapSeconds, ExpectedVersion version) {
        var secret = ApiKeySecret.random(find(id).prefix());
        var key = settled(ApiKeyChangesTable.rotate(database, id, secret, overlapSeconds, version, lines.next(author))
                .orElseThrow(ApiKeys::notFound));
        return new Shown(key, secret);
    }

    /// Ends a key permanently; it remains in lists with the time of its end. The last key for the admin API cannot
    /// be revoked.
    void revoke(Author author, ApiKeyId id, ExpectedVersion version) {
        var outcome = ApiKeyChangesTable.revoke(database, id, version, lines.next(author))
                .orElseThrow(ApiKeys::notFound);
        if (!outcome.wasRevoked()) {
            settled(outcome);
        }
    }

    private ApiKey settled(Outcome outcome) {
        if (!outcome.versionHolds()) {
            throw Admin.versionMismatch();
        }
        if (outcome.wasRevoked()) {
            throw new Refusal(ErrorCode.KEY_REVOKED, "This key was revoked.");
        }
        if (outcome.isLastAdminKey()) {
            throw new Refusal(
                    ErrorCode.LAST_ADMIN_KEY,
                    "No admin key would remain that works from your address for another day. Create one first.");
        }
        directory.changed();
        return outcome.key();
    }

    static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such key.");
    }

    private static Refusal noTenant() {
        return new Refusal(ErrorCode.NOT_FOUND, "There is no such tenant.");
    }
}
