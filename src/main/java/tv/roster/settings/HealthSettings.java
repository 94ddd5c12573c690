package tv.roster.settings;

/// Where health and metrics are served.
///
/// @param port 0 for a free one
public record HealthSettings(String host, int port) {
    static HealthSettings read(Environment environment) {
        return new HealthSettings(
                environment.read(Setting.HEALTH_HOST, SettingRules::host),
                environment.read(Setting.HEALTH_PORT, SettingRules.number(0, 65_535)));
    }
}
