package tv.roster.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tv.roster.platform.mail.OutboxPages;

/// The operator's settings, read from the environment once. [Setting] describes each.
///
/// @param drain how long the server continues to serve after SIGTERM
public record Settings(
        HttpSettings http,
        AdminSettings admin,
        HealthSettings health,
        Path dataFolder,
        DatabaseSettings database,
        AccessSettings access,
        PasswordSettings passwords,
        MailSettings mail,
        Duration drain,
        LogFormat logFormat) {
    /// The format of the log.
    public enum LogFormat {
        TEXT,
        JSON
    }

    /// Reads and checks all settings.
    ///
    /// @throws InvalidSettings with all faults
    public static Settings from(Map<String, String> variables) {
        var environment = new Environment(variables);
        var settings = new Settings(
                HttpSettings.read(environment),
                AdminSettings.read(environment),
                HealthSettings.read(environment),
                environment.read(Setting.DATA, SettingRules::folder),
                DatabaseSettings.read(environment),
                AccessSettings.read(environment),
                PasswordSettings.read(environment),
                MailSettings.read(environment),
                Duration.ofSeconds(environment.read(Setting.DRAIN_SECONDS, SettingRules.number(0, 600))),
                environment.read(Setting.LOG_FORMAT, SettingRules.oneOf(LogFormat.class)));
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
