package tv.roster.access;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import tv.roster.access.allowlist.AllowList;
import tv.roster.values.ids.TenantId;
import tv.roster.values.text.Suggestion;

/// A tenant with everything that a request needs, in memory and at most one second old.
public record KnownTenant(
        TenantId id, String slug, String name, Set<String> userFlags, AllowList allowList, TenantSettings settings) {
    /// The flag of users who must not log in.
    public static final String LOGIN_RESTRICTED = "LOGIN_RESTRICTED";

    /// The flags that exist for every tenant.
    public static final Set<String> BUILT_IN_FLAGS = Set.of("LICENSE_PURCHASE_RESTRICTED", LOGIN_RESTRICTED);

    /// The maximum number of a tenant's own flags.
    public static final int MOST_OWN_FLAGS = 200;

    public KnownTenant {
        userFlags = Set.copyOf(userFlags);
    }

    /// Whether users of this tenant can have the flag.
    public boolean hasFlag(String flag) {
        return BUILT_IN_FLAGS.contains(flag) || userFlags.contains(flag);
    }

    /// All flags that users of this tenant can have, sorted.
    public SortedSet<String> flags() {
        var all = new TreeSet<>(BUILT_IN_FLAGS);
        all.addAll(userFlags);
        return all;
    }

    /// The error message for a flag that the tenant does not have.
    public String withoutFlag() {
        return "The tenant's catalogue does not have this flag; it has " + Suggestion.list(flags()) + ".";
    }
}
