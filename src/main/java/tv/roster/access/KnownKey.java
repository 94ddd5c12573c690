package tv.roster.access;

import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.ids.ApiKeyId;

/// An API key as every request needs it; `tenant` is null for an admin key. Times are epoch seconds.
public record KnownKey(
        ApiKeyId id,
        @Nullable KnownTenant tenant,
        byte[] hash,
        byte @Nullable [] formerHash,
        long formerUntil,
        Set<Scope> scopes,
        @Nullable Long expiresTime) {
    /// Whether `secret` is this key's, or its former one within the overlap, and the key has not expired.
    boolean isOpenedBy(ApiKeySecret secret, long now) {
        var sent = secret.hash();
        boolean current = MessageDigest.isEqual(hash, sent);
        boolean former = formerHash != null && now < formerUntil && MessageDigest.isEqual(formerHash, sent);
        return (current || former) && (expiresTime == null || now < expiresTime);
    }

    @Override
    public String toString() {
        return "KnownKey[" + id.value() + "]";
    }
}
