package tv.roster.activation;

import java.time.Duration;

/// What a link is for. The tenant's settings may give each another lifetime.
public enum LinkKind {
    /// Sets the first password and makes the user REGISTERED.
    ACTIVATION("activation", "ActivationLink", "activate", Duration.ofDays(7), "activation_link_seconds"),
    /// Sets another password, and changes nothing else.
    PASSWORD_RESET("password_reset", "PasswordResetLink", "reset", Duration.ofHours(1), "reset_link_seconds");

    private final String word;
    private final String type;
    private final String page;
    private final Duration lifetime;
    private final String setting;

    LinkKind(String word, String type, String page, Duration lifetime, String setting) {
        this.word = word;
        this.type = type;
        this.page = page;
        this.lifetime = lifetime;
        this.setting = setting;
    }

    /// As the database writes it.
    public String word() {
        return word;
    }

    /// The JSON:API type.
    String type() {
        return type;
    }

    /// The page it leads to, the first segment of its path.
    public String page() {
        return page;
    }

    /// How long it is good where the tenant's settings do not say.
    Duration lifetime() {
        return lifetime;
    }

    /// The name of the tenant's setting for its lifetime in seconds.
    String setting() {
        return setting;
    }
}
