package tv.roster.platform.database.session;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which PostgreSQL to use, as which user, and how the connection is secured.
public record DatabaseAddress(String host, int port, String database, String user, Password password, SslMode sslMode) {

    /// libpq's `sslmode`.
    public enum SslMode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        /// The word in URLs, such as `verify-full`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Whether connections without TLS are rejected.
        public boolean demandsTls() {
            return compareTo(REQUIRE) >= 0;
        }

        static SslMode named(String word) {
            return Arrays.stream(values())
                    .filter(mode -> mode.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("sslmode must be one of "
                            + Arrays.stream(values()).map(SslMode::word).collect(Collectors.joining(", "))));
        }
    }

    /// A password whose `toString` does not reveal it.
    public record Password(String value) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /// The default port.
    public static final int DEFAULT_PORT = 5432;

    private static final Pattern URL = Pattern.compile("(?:postgres|postgresql)://"
            + "(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
            + "(?:\\[(?<ipv6>[0-9A-Fa-f:.%]+)]|(?<host>[^:@/?#,\\[\\]]+))"
            + "(?::(?<port>[0-9]{1,5}))?"
            + "/(?<database>[^/?#]+)"
            + "(?:\\?(?<parameters>[^#]*))?");

    public DatabaseAddress {
        require(!host.isBlank(), "the host is missing");
        require(port >= 1 && port <= 65_535, "the port must be from 1 to 65535");
        require(!user.isEmpty(), "the user is missing");
        require(!database.isEmpty(), "the database is missing");
    }

    /// Parses `postgresql://user:password@host:port/database?sslmode=require` (libpq's connection URI, one host).
    ///
    /// @throws IllegalArgumentException with a message that does not contain the password
    public static DatabaseAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        require(
                parts.matches(),
                "must have the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE,"
                        + " with special characters percent-encoded");
        String ipv6 = parts.group("ipv6");
        String port = parts.group("port");
        return new DatabaseAddress(
                ipv6 == null ? decoded(parts.group("host")) : ipv6,
                port == null ? DEFAULT_PORT : Integer.parseInt(port),
                decoded(parts.group("database")),
                decoded(orEmpty(parts.group("user"))),
                new Password(decoded(orEmpty(parts.group("password")))),
                sslMode(orEmpty(parts.group("parameters"))));
    }

    /// The address for JDBC, without user and password, which are passed separately.
    public String jdbcUrl() {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + literal + ":" + port + "/" + encoded(database) + "?sslmode=" + sslMode.word();
    }

    private static SslMode sslMode(String parameters) {
        SslMode mode = SslMode.PREFER;
        for (String parameter : parameters.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            if (parameter.isEmpty()) {
                continue;
            }
            require(pair[0].equals("sslmode") && pair.length == 2, "sslmode is the only parameter that is known");
            mode = SslMode.named(decoded(pair[1]));
        }
        return mode;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String decoded(String text) {
        try {
            // A plus sign stands for itself; it means a space only in forms.
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            require(decoded.chars().noneMatch(Character::isISOControl), "control characters are not allowed");
            return decoded;
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("a percent sign must be followed by two hexadecimal digits", malformed);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
