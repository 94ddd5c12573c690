package tv.roster.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// The console for agents.
///
/// @param enabled      whether it is served at all
/// @param port         empty for the port of the API
/// @param url          where agents find it; empty for where clients find the API, or its own port
/// @param secondFactor whether agents have to set up a second factor
/// @param idle         after how long without a request a session ends
/// @param session      after how long a session ends in any case
/// @param provider     the operator's OpenID Connect provider, if agents can sign in there
public record ConsoleSettings(
        boolean enabled,
        String host,
        Optional<Integer> port,
        Optional<URI> url,
        boolean secondFactor,
        Duration idle,
        Duration session,
        Optional<ProviderSettings> provider) {
    static ConsoleSettings read(Environment environment) {
        return new ConsoleSettings(
                environment.read(Setting.CONSOLE, SettingRules::isOn),
                environment.read(Setting.CONSOLE_HOST, SettingRules::host),
                environment.given(Setting.CONSOLE_PORT, SettingRules.number(0, 65_535)),
                environment.given(Setting.CONSOLE_URL, HttpSettings::publicUrl),
                environment.read(Setting.CONSOLE_SECOND_FACTOR, SettingRules::isOn),
                Duration.ofSeconds(environment.read(Setting.CONSOLE_IDLE_TIMEOUT, SettingRules.number(300, 86_400))),
                Duration.ofSeconds(
                        environment.read(Setting.CONSOLE_SESSION_TIMEOUT, SettingRules.number(300, 604_800))),
                ProviderSettings.read(environment));
    }
}
