package tv.roster.platform.openid;

/// Why the provider has not said who somebody is. The message has nothing of the person, and can be logged.
public final class ProviderFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of fault.
    public enum Kind {
        /// The provider does not respond, or not as OpenID Connect has it.
        UNAVAILABLE,
        /// The provider has refused, or the person has.
        REFUSED,
        /// The response does not belong to this sign-in, or cannot be trusted.
        NOT_TRUSTED
    }

    private final Kind kind;

    ProviderFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ProviderFault(Kind kind, String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
