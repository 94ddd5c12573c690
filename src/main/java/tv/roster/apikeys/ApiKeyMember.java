package tv.roster.apikeys;

import tv.roster.platform.problems.Member;

/// The members of a key that a rule can blame.
enum ApiKeyMember implements Member {
    IP_ALLOW_LIST,
    RATE_LIMIT
}
