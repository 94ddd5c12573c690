package tv.roster.settings;

import java.util.Optional;

/// Where the admin API listens.
///
/// @param port empty for the port of the API
public record AdminSettings(String host, Optional<Integer> port) {
    static AdminSettings read(Environment environment) {
        return new AdminSettings(
                environment.read(Setting.ADMIN_HOST, SettingRules::host),
                environment.given(Setting.ADMIN_PORT, SettingRules.number(0, 65_535)));
    }
}
