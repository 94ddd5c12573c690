package tv.roster.users.values;

import tv.roster.platform.problems.InvalidValue;

/// Whether a user has been activated; only a registered one may log in.
public enum RegistrationState {
    UNREGISTERED,
    REGISTERED;

    /// Case-sensitive, as on the wire; anything else is an [InvalidValue].
    public static RegistrationState parse(String text) {
        return switch (text) {
            case "UNREGISTERED" -> UNREGISTERED;
            case "REGISTERED" -> REGISTERED;
            default -> throw new InvalidValue("The registration state is UNREGISTERED or REGISTERED, in capitals.");
        };
    }
}
