package tv.roster.settings;

import java.util.Optional;
import tv.roster.access.allowlist.TrustedProxies;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.platform.problems.InvalidValue;

/// How callers are identified and limited.
///
/// @param failedAuthentications of one address; empty for no limit
public record AccessSettings(TrustedProxies trustedProxies, Optional<RateLimit> failedAuthentications) {
    static AccessSettings read(Environment environment) {
        return new AccessSettings(
                new TrustedProxies(environment.read(Setting.TRUSTED_PROXIES, SettingRules::networks)),
                environment.read(Setting.FAILED_AUTHENTICATIONS, AccessSettings::rateOrOff));
    }

    private static Optional<RateLimit> rateOrOff(String value) {
        try {
            return value.equals("off") ? Optional.empty() : Optional.of(RateLimit.parse(value));
        } catch (InvalidValue refused) {
            throw new IllegalArgumentException("must be a rate such as 10/60s, or off", refused);
        }
    }
}
