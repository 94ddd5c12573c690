package tv.roster.tenants;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.values.Sent;

/// A requested change of a tenant: each member is absent or a value.
///
/// @param settings the members to store; null restores the default
record TenantChange(
        Sent<Slug> slug,
        Sent<String> name,
        Sent<List<String>> userFlags,
        Sent<List<String>> allowList,
        Map<String, @Nullable Object> settings) {
    /// A tenant's own administrators change neither its slug, which links and scripts of the installation have, nor
    /// the limits that protect the installation from it.
    void refuseWhatIsOfInstallation() {
        if (slug.present()) {
            throw refusal(TenantMember.SLUG);
        }
        if (settings.containsKey("rate_limit")) {
            throw refusal(TenantMember.RATE_LIMIT);
        }
        if (settings.containsKey("key_rate_limit")) {
            throw refusal(TenantMember.KEY_RATE_LIMIT);
        }
    }

    private static Refusal refusal(TenantMember member) {
        return new Refusal(
                ErrorCode.OPERATION_NOT_SUPPORTED, "Only administrators of the installation change this.", member);
    }
}
