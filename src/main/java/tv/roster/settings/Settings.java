package tv.roster.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.access.allowlist.TrustedProxies;
import tv.roster.access.ratelimit.RateLimit;
import tv.roster.credentials.HashingLimits;
import tv.roster.credentials.hashes.Argon2Parameters;
import tv.roster.platform.database.DatabaseAddress;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.mail.OutboxPages;
import tv.roster.platform.mail.SmtpServer;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.tls.PemFiles;

/// What the operator decides, read from the environment once. [Setting] describes each.
///
/// @param port       0 takes a free one, like `healthPort`
/// @param database   empty: the embedded PostgreSQL
/// @param drain      how long the server serves on after SIGTERM
/// @param publicUrl  without a slash at its end
/// @param failedAuthentications  empty: not limited
/// @param adminPort  empty: the admin API is served beside the API
/// @param tls        empty: plain HTTP
/// @param smtp       empty: mails stay in the database
public record Settings(
        String host,
        int port,
        String healthHost,
        int healthPort,
        Path dataFolder,
        Optional<DatabaseRoles> database,
        Duration databaseWait,
        int databaseConnections,
        Optional<URI> publicUrl,
        Duration requestTimeout,
        int requestsAtOnce,
        int connections,
        int connectionsPerAddress,
        Duration drain,
        TrustedProxies trustedProxies,
        Optional<RateLimit> failedAuthentications,
        String adminHost,
        Optional<Integer> adminPort,
        Optional<PemFiles> tls,
        Argon2Parameters argon2,
        HashingLimits hashing,
        Optional<SmtpServer> smtp,
        LogFormat logFormat) {

    /// The form of the log.
    public enum LogFormat {
        TEXT,
        JSON
    }

    /// Reads and checks all of them.
    ///
    /// @throws InvalidSettings with every fault there is
    public static Settings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Settings settings = new Settings(
                environment.read(Setting.HOST, Settings::host),
                environment.read(Setting.PORT, number(0, 65_535)),
                environment.read(Setting.HEALTH_HOST, Settings::host),
                environment.read(Setting.HEALTH_PORT, number(0, 65_535)),
                environment.read(Setting.DATA, Settings::folder),
                database(environment),
                Duration.ofSeconds(environment.read(Setting.DATABASE_WAIT, number(0, 3_600))),
                environment.read(Setting.DATABASE_CONNECTIONS, number(1, 64)),
                environment.given(Setting.PUBLIC_URL, Settings::publicUrl),
                Duration.ofSeconds(environment.read(Setting.REQUEST_TIMEOUT, number(1, 600))),
                environment.read(Setting.REQUESTS_AT_ONCE, number(1, 100_000)),
                environment.read(Setting.CONNECTIONS, number(1, 100_000)),
                environment.read(Setting.CONNECTIONS_PER_ADDRESS, number(1, 100_000)),
                Duration.ofSeconds(environment.read(Setting.DRAIN_SECONDS, number(0, 600))),
                environment.read(Setting.TRUSTED_PROXIES, Settings::trustedProxies),
                environment.read(Setting.FAILED_AUTHENTICATIONS, Settings::rateOrOff),
                environment.read(Setting.ADMIN_HOST, Settings::host),
                environment.given(Setting.ADMIN_PORT, number(0, 65_535)),
                tls(environment),
                argon2(environment),
                hashing(environment),
                smtp(environment),
                environment.read(Setting.LOG_FORMAT, oneOf(LogFormat.class)));
        environment.complain();
        return settings;
    }

    /// Whether mails are shown at `/outbox`: only where nothing speaks for more than a trial on this machine.
    public boolean showsOutbox() {
        return smtp.isEmpty()
                && database.isEmpty()
                && publicUrl.map(OutboxPages::isLoopback).orElse(true);
    }

    private static Optional<DatabaseRoles> database(Environment environment) {
        var application = environment.given(Setting.DATABASE_URL, DatabaseAddress::parse);
        var owner = environment.given(Setting.DATABASE_OWNER_URL, url -> {
            var address = DatabaseAddress.parse(url);
            require(
                    application.stream().noneMatch(other -> other.user().equals(address.user())),
                    "must name another role than ROSTER_DATABASE_URL");
            return address;
        });
        if (owner.isPresent()) {
            environment.demand(Setting.DATABASE_URL, Setting.DATABASE_OWNER_URL);
        }
        return application.map(address -> new DatabaseRoles(owner.orElse(address), address));
    }

    private static Argon2Parameters argon2(Environment environment) {
        return new Argon2Parameters(
                environment.read(Setting.ARGON2_MEMORY_KIB, number(64, Argon2Parameters.MOST_MEMORY_KIB)),
                environment.read(Setting.ARGON2_ITERATIONS, number(1, Argon2Parameters.MOST_ITERATIONS)),
                environment.read(Setting.ARGON2_PARALLELISM, number(1, Argon2Parameters.MOST_PARALLELISM)));
    }

    private static HashingLimits hashing(Environment environment) {
        return new HashingLimits(
                environment.given(Setting.HASHING_THREADS, number(1, 256)).orElseGet(HashingLimits::threads),
                environment.read(Setting.HASHING_WAITING, number(0, 100_000)),
                Duration.ofSeconds(environment.read(Setting.HASHING_PATIENCE, number(1, 300))));
    }

    /// A mail's link leads somebody to a page who trusts it, so where it leads is not left to a request's `Host`.
    private static Optional<SmtpServer> smtp(Environment environment) {
        var from = environment.given(Setting.MAIL_FROM, Settings::mailbox);
        var server = environment.given(Setting.SMTP_URL, SmtpServer::parse);
        if (server.isPresent()) {
            environment.demand(Setting.MAIL_FROM, Setting.SMTP_URL);
            environment.demand(Setting.PUBLIC_URL, Setting.SMTP_URL);
        }
        return server.map(found -> found.from(from.orElse("")));
    }

    private static String mailbox(String value) {
        require(
                value.matches("[^@\\s<>]{1,64}@[^@\\s<>]{1,189}"),
                "must be an e-mail address alone, such as tv@example.com");
        return value;
    }

    private static String host(String value) {
        String host = value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
        require(host.matches("[A-Za-z0-9._:%-]{1,253}"), "must be an address or a host name, not \"" + value + "\"");
        return host;
    }

    private static Function<String, Integer> number(int least, int most) {
        return value -> {
            boolean fits =
                    value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
            require(fits, "must be a whole number from " + least + " to " + most + ", not \"" + value + "\"");
            return Integer.parseInt(value);
        };
    }

    private static Path folder(String value) {
        return path(value, "must be the path of a folder");
    }

    private static Path path(String value, String otherwise) {
        try {
            return Path.of(value);
        } catch (InvalidPathException refused) {
            throw new IllegalArgumentException(otherwise, refused);
        }
    }

    private static TrustedProxies trustedProxies(String value) {
        try {
            return new TrustedProxies(Arrays.stream(value.split(","))
                    .map(String::strip)
                    .filter(block -> !block.isEmpty())
                    .map(CidrBlock::parse)
                    .toList());
        } catch (InvalidValue refused) {
            throw new IllegalArgumentException("must be CIDR blocks with commas between: " + refused.detail(), refused);
        }
    }

    private static Optional<RateLimit> rateOrOff(String value) {
        try {
            return value.equals("off") ? Optional.empty() : Optional.of(RateLimit.parse(value));
        } catch (InvalidValue refused) {
            throw new IllegalArgumentException("must be a rate such as 10/60s, or off", refused);
        }
    }

    private static Optional<PemFiles> tls(Environment environment) {
        var certificate = environment.given(Setting.TLS_CERTIFICATE, Settings::file);
        var key = environment.given(Setting.TLS_KEY, Settings::file);
        environment.refuseOneWithoutOther(Setting.TLS_CERTIFICATE, Setting.TLS_KEY);
        return certificate.flatMap(chain -> key.map(secret -> new PemFiles(chain, secret)));
    }

    private static Path file(String value) {
        return path(value, "must be the path of a file");
    }

    private static URI publicUrl(String value) {
        String trimmed = value.replaceAll("/+$", "");
        try {
            URI url = URI.create(trimmed);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            require(
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

    private static <E extends Enum<E>> Function<String, E> oneOf(Class<E> choices) {
        return value -> Arrays.stream(choices.getEnumConstants())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be "
                        + Arrays.stream(choices.getEnumConstants())
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))
                        + ", not \"" + value + "\""));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
