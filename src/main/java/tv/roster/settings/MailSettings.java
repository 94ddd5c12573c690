package tv.roster.settings;

import java.util.Optional;
import tv.roster.platform.mail.SmtpServer;

/// How mails are sent.
///
/// @param smtp empty if mails stay in the database
public record MailSettings(Optional<SmtpServer> smtp) {
    static MailSettings read(Environment environment) {
        return new MailSettings(smtp(environment));
    }

    /// People trust the link in a mail, so the `Host` of a request must not determine where it leads.
    private static Optional<SmtpServer> smtp(Environment environment) {
        var from = environment.given(Setting.MAIL_FROM, MailSettings::mailbox);
        var server = environment.given(Setting.SMTP_URL, SmtpServer::parse);
        if (server.isPresent()) {
            environment.demand(Setting.MAIL_FROM, Setting.SMTP_URL);
            environment.demand(Setting.PUBLIC_URL, Setting.SMTP_URL);
        }
        return server.map(found -> found.from(from.orElse("")));
    }

    private static String mailbox(String value) {
        SettingRules.require(
                value.matches("[^@\\s<>]{1,64}@[^@\\s<>]{1,189}"),
                "must be an e-mail address alone, such as tv@example.com");
        return value;
    }
}
