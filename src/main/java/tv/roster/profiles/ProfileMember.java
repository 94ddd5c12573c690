package tv.roster.profiles;

import tv.roster.platform.problems.Member;

/// The members of a profile that a rule may blame.
enum ProfileMember implements Member {
    NAME,
    IS_DEFAULT,
    USER
}
