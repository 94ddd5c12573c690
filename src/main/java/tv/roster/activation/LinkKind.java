package tv.roster.activation;

import java.time.Duration;
import tv.roster.access.TenantSettings;
import tv.roster.platform.mail.MailKind;

/// What a link is for. The lifetime of each kind can be set for each tenant.
public enum LinkKind {
    /// Sets the first password and makes the user REGISTERED.
    ACTIVATION(
            MailKind.ACTIVATION,
            "ActivationLink",
            TenantSettings.DEFAULT.activationLinkSeconds(),
            "activation_link_seconds"),
    /// Sets a new password, and changes nothing else.
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

    /// The word for it in the database.
    public String word() {
        return mail.word();
    }

    /// The JSON:API type.
    String type() {
        return type;
    }

    /// The page that the link leads to, the first segment of its path.
    public String page() {
        return mail.page();
    }

    /// The complete link with this token: a secret.
    String url(String base, LinkToken token) {
        return mail.link(base, token.value());
    }

    /// The lifetime if the tenant's settings do not specify one.
    Duration lifetime() {
        return lifetime;
    }

    /// The name of the tenant's setting for the lifetime in seconds.
    String setting() {
        return setting;
    }
}
