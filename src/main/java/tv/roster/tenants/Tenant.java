package tv.roster.tenants;

import java.util.List;
import tv.roster.access.TenantSettings;
import tv.roster.values.ids.TenantId;

/// A tenant as it is stored.
///
/// @param userFlags    its own ones, without those that every tenant has
/// @param allowList    CIDR blocks in their canonical text
/// @param updatedTime  epoch seconds
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
