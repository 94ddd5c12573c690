package tv.roster.settings;

import java.net.URI;
import java.util.Optional;
import tv.roster.agents.provider.ClaimNames;
import tv.roster.platform.openid.Registration;
import tv.roster.values.domains.LoopbackHost;

/// The operator's OpenID Connect provider, at which agents sign in.
///
/// @param claims which of its claims say what an agent may do
public record ProviderSettings(Registration registration, ClaimNames claims) {
    private static final int LONGEST = 1000;

    static Optional<ProviderSettings> read(Environment environment) {
        var issuer = environment.given(Setting.OIDC_ISSUER, ProviderSettings::issuer);
        var client = environment.given(Setting.OIDC_CLIENT_ID, ProviderSettings::word);
        var secret = environment.given(Setting.OIDC_CLIENT_SECRET, ProviderSettings::word);
        var role = environment.read(Setting.OIDC_ROLE_CLAIM, ProviderSettings::word);
        var tenant = environment.given(Setting.OIDC_TENANT_CLAIM, ProviderSettings::word);
        environment.refuseOneWithoutOther(Setting.OIDC_ISSUER, Setting.OIDC_CLIENT_ID);
        return issuer.flatMap(place -> client.map(
                id -> new ProviderSettings(new Registration(place, id, secret), new ClaimNames(role, tenant))));
    }

    /// Tokens are trusted because of who has sent them, so that the way there must be encrypted.
    private static URI issuer(String value) {
        try {
            var url = URI.create(value);
            SettingRules.require(
                    url.getHost() != null
                            && ("https".equals(url.getScheme())
                                    || ("http".equals(url.getScheme()) && LoopbackHost.is(url.getHost())))
                            && url.getRawUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null,
                    "");
            return url;
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "must be an https address without user, query or fragment (http only on this machine)", refused);
        }
    }

    private static String word(String value) {
        SettingRules.require(
                value.length() <= LONGEST && value.chars().allMatch(sign -> sign > ' ' && sign < 0x7F),
                "must consist of visible ASCII characters");
        return value;
    }
}
