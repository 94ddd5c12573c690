package tv.roster.tenants;

import java.util.List;
import tv.roster.access.TenantSettings;
import tv.roster.values.ids.TenantId;

/// A tenant as it is stored.
///
/// @param userFlags   its own flags, without those that every tenant has
/// @param allowList   CIDR blocks in their canonical form
/// @param updatedTime in epoch seconds
record Tenant(
        TenantId id,
        int version,
        String slug,
        String name,
        List<String> userFlags,
        List<String> allowList,
        TenantSettings settings,
        long updatedTime) {
    static final String TYPE = "Tenant";

    String etag() {
        return "\"" + version + "\"";
    }
}
