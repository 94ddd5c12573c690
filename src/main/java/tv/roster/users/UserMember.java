package tv.roster.users;

import tv.roster.platform.problems.Member;

/// The members of a user that a rule can blame.
public enum UserMember implements Member {
    ID,
    NAME,
    USER_FLAGS,
    EMAIL,
    TELEPHONE_NUMBER,
    REGISTRATION_STATE,
    REGISTRATION_TIME,
    EXTERNAL_ID,
    PASSWORD,
    PASSWORD_SET,
    CREATED_TIME,
    UPDATED_TIME,
    VERSION,
    DEFAULT_PROFILE,
    PROFILES
}
