package tv.roster.profiles;

import tv.roster.platform.problems.Member;

/// The members of a profile that a rule can blame.
enum ProfileMember implements Member {
    NAME,
    IS_DEFAULT,
    USER
}
