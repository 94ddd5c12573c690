package tv.roster.settings;

import java.time.Duration;

/// The console for agents.
///
/// @param secondFactor whether agents have to set up a second factor
/// @param idle         after how long without a request a session ends
/// @param session      after how long a session ends in any case
public record ConsoleSettings(boolean secondFactor, Duration idle, Duration session) {
    static ConsoleSettings read(Environment environment) {
        return new ConsoleSettings(
                environment.read(Setting.CONSOLE_SECOND_FACTOR, SettingRules::isOn),
                Duration.ofSeconds(environment.read(Setting.CONSOLE_IDLE_TIMEOUT, SettingRules.number(300, 86_400))),
                Duration.ofSeconds(
                        environment.read(Setting.CONSOLE_SESSION_TIMEOUT, SettingRules.number(300, 604_800))));
    }
}
