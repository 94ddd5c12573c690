package tv.roster.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tv.roster.platform.mail.OutboxPages;

/// The operator's settings, read from the environment once. [Setting] describes each.
///
/// @param demo  whether a new installation starts with a tenant `demo`
/// @param auditDays how long the audit is kept of what belongs to no tenant
/// @param drain how long the server continues to serve after SIGTERM
public record Settings(
        HttpSettings http,
        AdminSettings admin,
        HealthSettings health,
        Path dataFolder,
        boolean demo,
        DatabaseSettings database,
        AccessSettings access,
        PasswordSettings passwords,
        MailSettings mail,
        WebhookSettings webhooks,
        ConsoleSettings console,
        int auditDays,
        Duration drain,
        LogSettings log) {
    /// Reads and checks all settings.
    ///
    /// @throws InvalidSettings with all faults
    public static Settings from(Map<String, String> variables) {
        var environment = new Environment(variables);
        var database = DatabaseSettings.read(environment);
        var settings = new Settings(
                HttpSettings.read(environment),
                AdminSettings.read(environment),
                HealthSettings.read(environment),
                environment.read(Setting.DATA, SettingRules::folder),
                environment
                        .given(Setting.DEMO, SettingRules::isOn)
                        .orElse(database.roles().isEmpty()),
                database,
                AccessSettings.read(environment),
                PasswordSettings.read(environment),
                MailSettings.read(environment),
                WebhookSettings.read(environment),
                ConsoleSettings.read(environment),
                environment.read(Setting.AUDIT_RETENTION_DAYS, SettingRules.number(30, 3650)),
                Duration.ofSeconds(environment.read(Setting.DRAIN_SECONDS, SettingRules.number(0, 600))),
                LogSettings.read(environment));
        environment.complain();
        return settings;
    }

    /// Whether mails are shown at `/outbox`: only if nothing suggests more than a trial on this machine.
    public boolean showsOutbox() {
        return mail.smtp().isEmpty()
                && database.roles().isEmpty()
                && http.publicUrl().map(OutboxPages::isLoopback).orElse(true);
    }
}
