package tv.roster.users.values;

import tv.roster.platform.problems.InvalidValue;

/// Whether a user has been activated; only a registered user can log in.
public enum RegistrationState {
    UNREGISTERED,
    REGISTERED;

    /// Case-sensitive, as in the API; throws [InvalidValue] for other texts.
    public static RegistrationState parse(String text) {
        return switch (text) {
            case "UNREGISTERED" -> UNREGISTERED;
            case "REGISTERED" -> REGISTERED;
            default -> throw new InvalidValue("The registration state is UNREGISTERED or REGISTERED, in capitals.");
        };
    }
}
