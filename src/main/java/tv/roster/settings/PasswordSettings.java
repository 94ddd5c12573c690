package tv.roster.settings;

import java.time.Duration;
import tv.roster.credentials.hashes.Argon2Parameters;
import tv.roster.credentials.hashing.HashingLimits;

/// How passwords are hashed.
public record PasswordSettings(Argon2Parameters argon2, HashingLimits hashing) {
    static PasswordSettings read(Environment environment) {
        return new PasswordSettings(argon2(environment), hashing(environment));
    }

    private static Argon2Parameters argon2(Environment environment) {
        return new Argon2Parameters(
                environment.read(Setting.ARGON2_MEMORY_KIB, SettingRules.number(64, Argon2Parameters.MOST_MEMORY_KIB)),
                environment.read(Setting.ARGON2_ITERATIONS, SettingRules.number(1, Argon2Parameters.MOST_ITERATIONS)),
                environment.read(
                        Setting.ARGON2_PARALLELISM, SettingRules.number(1, Argon2Parameters.MOST_PARALLELISM)));
    }

    private static HashingLimits hashing(Environment environment) {
        return new HashingLimits(
                environment
                        .given(Setting.HASHING_THREADS, SettingRules.number(1, 256))
                        .orElseGet(HashingLimits::threads),
                environment.read(Setting.HASHING_WAITING, SettingRules.number(0, 100_000)),
                Duration.ofSeconds(environment.read(Setting.HASHING_PATIENCE, SettingRules.number(1, 300))));
    }
}
