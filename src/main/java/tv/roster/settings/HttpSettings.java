package tv.roster.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tv.roster.platform.tls.PemFiles;

/// Where the API listens, and what clients can make it hold.
///
/// @param port                  0 for a free one
/// @param tls                   empty for plain HTTP
/// @param publicUrl             the beginning of links, without a slash at its end
/// @param requestTimeout        for the headers of a request, and again for its body
/// @param requestsAtOnce        the maximum number of requests in progress
/// @param connections           the maximum number of open connections
/// @param connectionsPerAddress the same for one address
public record HttpSettings(
        String host,
        int port,
        Optional<PemFiles> tls,
        Optional<URI> publicUrl,
        Duration requestTimeout,
        int requestsAtOnce,
        int connections,
        int connectionsPerAddress) {
    static HttpSettings read(Environment environment) {
        return new HttpSettings(
                environment.read(Setting.HOST, SettingRules::host),
                environment.read(Setting.PORT, SettingRules.number(0, 65_535)),
                tls(environment),
                environment.given(Setting.PUBLIC_URL, HttpSettings::publicUrl),
                Duration.ofSeconds(environment.read(Setting.REQUEST_TIMEOUT, SettingRules.number(1, 600))),
                environment.read(Setting.REQUESTS_AT_ONCE, SettingRules.number(1, 100_000)),
                environment.read(Setting.CONNECTIONS, SettingRules.number(1, 100_000)),
                environment.read(Setting.CONNECTIONS_PER_ADDRESS, SettingRules.number(1, 100_000)));
    }

    private static Optional<PemFiles> tls(Environment environment) {
        var certificate = environment.given(Setting.TLS_CERTIFICATE, SettingRules::file);
        var key = environment.given(Setting.TLS_KEY, SettingRules::file);
        environment.refuseOneWithoutOther(Setting.TLS_CERTIFICATE, Setting.TLS_KEY);
        return certificate.flatMap(chain -> key.map(secret -> new PemFiles(chain, secret)));
    }

    static URI publicUrl(String value) {
        String trimmed = value.replaceAll("/+$", "");
        try {
            URI url = URI.create(trimmed);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            SettingRules.require(
                    (scheme.equals("http") || scheme.equals("https"))
                            && url.getHost() != null
                            && url.getPort() <= 65_535
                            && url.getRawUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null,
                    "");
            return url;
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "must be an http or https address with a host and without user, query or fragment", refused);
        }
    }
}
