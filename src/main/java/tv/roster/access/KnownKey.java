package tv.roster.access;

import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.AllowList;
import tv.roster.access.ratelimit.Claim;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.work.Author;

/// An API key with everything that a request needs; `tenant` is null for an admin key. Times are in epoch seconds.
///
/// @param claims the rate limits that apply to each request with this key
public record KnownKey(
        ApiKeyId id,
        @Nullable KnownTenant tenant,
        String name,
        String prefix,
        byte[] hash,
        byte @Nullable [] formerHash,
        long formerUntil,
        Set<Scope> scopes,
        AllowList allowList,
        @Nullable Long expiresTime,
        List<Claim> claims)
        implements Identity {
    public KnownKey {
        claims = List.copyOf(claims);
    }

    /// Whether `secret` is this key's secret, or its former one during the overlap, and the key has not expired.
    boolean isOpenedBy(ApiKeySecret secret, long now) {
        var sent = secret.hash();
        boolean current = MessageDigest.isEqual(hash, sent);
        boolean former = formerHash != null && now < formerUntil && MessageDigest.isEqual(formerHash, sent);
        return (current || former) && (expiresTime == null || now < expiresTime);
    }

    /// Whether a caller with this key, as it was before, may go on: the key has not expired, nor its secret.
    boolean continues(KnownKey before, long now) {
        boolean current = MessageDigest.isEqual(hash, before.hash);
        boolean former = formerHash != null && now < formerUntil && MessageDigest.isEqual(formerHash, before.hash);
        return id.equals(before.id) && (current || former) && (expiresTime == null || now < expiresTime);
    }

    @Override
    public UUID party() {
        return id.value();
    }

    @Override
    public Author author(String address, String requestId) {
        return Author.key(id, address, requestId);
    }

    @Override
    public String toString() {
        return "KnownKey[" + id.value() + "]";
    }
}
