package tv.roster.tenants;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.roster.values.Sent;

/// A requested change of a tenant: each member is absent or a value.
///
/// @param settings the members to store; null restores the default
record TenantChange(
        Sent<Slug> slug,
        Sent<String> name,
        Sent<List<String>> userFlags,
        Sent<List<String>> allowList,
        Map<String, @Nullable Object> settings) {}
