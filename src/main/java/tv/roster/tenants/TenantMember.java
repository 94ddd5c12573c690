package tv.roster.tenants;

import tv.roster.platform.problems.Member;

/// The members of a tenant that a rule can blame.
enum TenantMember implements Member {
    SLUG,
    USER_FLAGS,
    RATE_LIMIT,
    KEY_RATE_LIMIT
}
