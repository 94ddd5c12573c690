package tv.roster.access;

import java.util.Set;
import java.util.TreeSet;
import tv.roster.access.allowlist.AllowList;
import tv.roster.values.ids.TenantId;
import tv.roster.values.text.Suggestion;

/// A tenant as every request needs it: held in memory, at most a second old.
public record KnownTenant(
        TenantId id, String slug, String name, Set<String> userFlags, AllowList allowList, TenantSettings settings) {
    /// The flag of users who may not log in.
    public static final String LOGIN_RESTRICTED = "LOGIN_RESTRICTED";

    /// The flags that every tenant has.
    public static final Set<String> BUILT_IN_FLAGS = Set.of("LICENSE_PURCHASE_RESTRICTED", LOGIN_RESTRICTED);

    /// How many flags a tenant's catalogue may have beside them.
    public static final int MOST_OWN_FLAGS = 200;

    public KnownTenant {
        userFlags = Set.copyOf(userFlags);
    }

    /// Whether a user of this tenant may have the flag.
    public boolean hasFlag(String flag) {
        return BUILT_IN_FLAGS.contains(flag) || userFlags.contains(flag);
    }

    /// What to say of a flag that the tenant does not have.
    public String withoutFlag() {
        var all = new TreeSet<>(BUILT_IN_FLAGS);
        all.addAll(userFlags);
        return "The tenant's catalogue does not have this flag; it has " + Suggestion.list(all) + ".";
    }
}
