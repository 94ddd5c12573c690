package tv.roster.access;

import org.jspecify.annotations.Nullable;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.TenantId;

/// The common properties of rejected requests that the audit log counts together; null if unknown or omitted.
///
/// @param prefix the public part of the key that was sent, whether or not there is such a key
/// @param key    the key that has this prefix
/// @param scope  the scope that the key lacks
record Refused(
        ErrorCode code,
        @Nullable String address,
        @Nullable String prefix,
        @Nullable ApiKeyId key,
        @Nullable TenantId tenant,
        @Nullable Scope scope) {
    /// A request without a key that is in force. An IPv6 /64 counts as one address, since that is what one
    /// subscriber has.
    static Refused unauthorized(IpAddress address, @Nullable ApiKeySecret secret, @Nullable KnownKey key) {
        var network = address.isIpv4() ? address.toString() : new IpAddress(address.high(), 0) + "/64";
        var prefix = secret == null ? null : secret.prefix();
        return new Refused(ErrorCode.UNAUTHORIZED, network, prefix, idOf(key), tenantOf(key), null);
    }

    /// A request with this key from an address that is not on an allow-list.
    static Refused address(IpAddress address, KnownKey key) {
        return new Refused(ErrorCode.IP_NOT_ALLOWED, address.toString(), key.prefix(), key.id(), tenantOf(key), null);
    }

    /// A request whose key, or agent, lacks the scope.
    static Refused scope(Caller caller, Scope scope) {
        return switch (caller.identity()) {
            case KnownKey key ->
                new Refused(
                        ErrorCode.INSUFFICIENT_SCOPE, caller.address(), key.prefix(), key.id(), tenantOf(key), scope);
            case KnownAgent agent ->
                new Refused(ErrorCode.INSUFFICIENT_SCOPE, caller.address(), null, null, tenantOf(agent), scope);
        };
    }

    /// The same without the properties that distinguish it from others of its kind.
    Refused withoutDetails() {
        return new Refused(code, null, null, null, null, null);
    }

    private static @Nullable ApiKeyId idOf(@Nullable KnownKey key) {
        return key == null ? null : key.id();
    }

    private static @Nullable TenantId tenantOf(@Nullable Identity caller) {
        return caller == null || caller.tenant() == null
                ? null
                : caller.tenant().id();
    }
}
