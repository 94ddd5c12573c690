package tv.roster.activation;

import java.time.Duration;
import tv.roster.access.TenantSettings;
import tv.roster.platform.mail.MailKind;

/// What a link is for. The tenant's settings may give each another lifetime.
public enum LinkKind {
    /// Sets the first password and makes the user REGISTERED.
    ACTIVATION(
            MailKind.ACTIVATION,
            "ActivationLink",
            TenantSettings.DEFAULT.activationLinkSeconds(),
            "activation_link_seconds"),
    /// Sets another password, and changes nothing else.
    PASSWORD_RESET(
            MailKind.PASSWORD_RESET,
            "PasswordResetLink",
            TenantSettings.DEFAULT.resetLinkSeconds(),
            "reset_link_seconds");

    private final MailKind mail;
    private final String type;
    private final Duration lifetime;
    private final String setting;

    LinkKind(MailKind mail, String type, int seconds, String setting) {
        this.mail = mail;
        this.type = type;
        this.lifetime = Duration.ofSeconds(seconds);
        this.setting = setting;
    }

    /// As the database writes it.
    public String word() {
        return mail.word();
    }

    /// The JSON:API type.
    String type() {
        return type;
    }

    /// The page it leads to, the first segment of its path.
    public String page() {
        return mail.page();
    }

    /// The whole link with this token: a secret.
    String url(String base, LinkToken token) {
        return mail.link(base, token.value());
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
