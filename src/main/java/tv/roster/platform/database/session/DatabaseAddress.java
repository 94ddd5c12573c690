package tv.roster.platform.database.session;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which PostgreSQL to use, as which user, and how the connection is secured.
///
/// @param hosts one, or several of which the one that accepts writes is used
public record DatabaseAddress(List<Host> hosts, String database, String user, Password password, SslMode sslMode) {

    /// A server of PostgreSQL.
    ///
    /// @param name a host name or an address, IPv6 without brackets
    /// @param port 1 to 65535
    public record Host(String name, int port) {
        public Host {
            require(!name.isBlank(), "the host is missing");
            require(port >= 1 && port <= 65_535, "the port must be from 1 to 65535");
        }

        private static Host parse(String text) {
            Matcher parts = HOST.matcher(text);
            require(parts.matches(), FORM);
            String ipv6 = parts.group("ipv6");
            String port = parts.group("port");
            return new Host(
                    ipv6 == null ? decoded(parts.group("host")) : ipv6,
                    port == null ? DEFAULT_PORT : Integer.parseInt(port));
        }

        private String authority() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }

        /// For messages, such as `db.example:5432`.
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

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

        /// Whether the server's certificate is verified.
        boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
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

    private static final String FORM = "must have the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE,"
            + " with special characters percent-encoded; several servers are written HOST:PORT,HOST:PORT";

    /// Otherwise the driver would look for a file in the home folder, unlike the client that serves calls.
    private static final String JAVAS_AUTHORITIES = "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";

    private static final int MOST_HOSTS = 16;

    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<ipv6>[0-9A-Fa-f:.%]+)]|(?<host>[^:@/?#,\\[\\]]+))(?::(?<port>[0-9]{1,5}))?");

    private static final Pattern URL = Pattern.compile("(?:postgres|postgresql)://"
            + "(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
            + "(?<hosts>[^@/?#]+)"
            + "/(?<database>[^/?#]+)"
            + "(?:\\?(?<parameters>[^#]*))?");

    public DatabaseAddress {
        hosts = List.copyOf(hosts);
        require(!hosts.isEmpty() && hosts.size() <= MOST_HOSTS, "there must be 1 to " + MOST_HOSTS + " hosts");
        require(!user.isEmpty(), "the user is missing");
        require(!database.isEmpty(), "the database is missing");
    }

    /// An address with one host.
    public DatabaseAddress(String host, int port, String database, String user, Password password, SslMode sslMode) {
        this(List.of(new Host(host, port)), database, user, password, sslMode);
    }

    /// Parses `postgresql://user:password@host:port,host:port/database?sslmode=require` (libpq's connection URI).
    ///
    /// @throws IllegalArgumentException with a message that does not contain the password
    public static DatabaseAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        require(parts.matches(), FORM);
        return new DatabaseAddress(
                Arrays.stream(parts.group("hosts").split(",", -1))
                        .map(Host::parse)
                        .toList(),
                decoded(parts.group("database")),
                decoded(orEmpty(parts.group("user"))),
                new Password(decoded(orEmpty(parts.group("password")))),
                sslMode(orEmpty(parts.group("parameters"))));
    }

    /// The first host's name.
    public String host() {
        return hosts.getFirst().name();
    }

    /// The first host's port.
    public int port() {
        return hosts.getFirst().port();
    }

    /// All hosts, for messages.
    public String place() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(", "));
    }

    /// The address for JDBC, without user and password, which are passed separately.
    public String jdbcUrl() {
        String servers = hosts.stream().map(Host::authority).collect(Collectors.joining(","));
        return "jdbc:postgresql://" + servers + "/" + encoded(database) + "?sslmode=" + sslMode.word()
                + (sslMode.verifies() ? JAVAS_AUTHORITIES : "")
                + (hosts.size() > 1 ? "&targetServerType=primary&hostRecheckSeconds=1" : "");
    }

    /// As other users of the same database.
    public DatabaseAddress as(String other, Password otherPassword) {
        return new DatabaseAddress(hosts, database, other, otherPassword, sslMode);
    }

    private static SslMode sslMode(String parameters) {
        SslMode mode = SslMode.PREFER;
        for (String parameter : parameters.split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            String[] pair = parameter.split("=", 2);
            String value = pair.length == 2 ? decoded(pair[1]) : "";
            switch (pair[0]) {
                case "sslmode" -> mode = SslMode.named(value);
                case "target_session_attrs" ->
                    require(
                            value.equals("read-write") || value.equals("primary"),
                            "target_session_attrs must be read-write or primary: only a server that accepts writes can"
                                    + " be used");
                default ->
                    throw new IllegalArgumentException("the known parameters are sslmode and target_session_attrs");
            }
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
