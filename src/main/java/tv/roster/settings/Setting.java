package tv.roster.settings;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Every setting of the server. A new one needs a line here, a component of [Settings], and a row in
/// `docs/configuration.md`.
public enum Setting {
    HOST(
            "127.0.0.1",
            "an address or a host name",
            "The address on which the API listens; 0.0.0.0 or :: for all addresses."),
    PORT(
            "8080",
            "0 to 65535",
            "The API's port; with 0, the server chooses a free port and prints it when it is ready."),
    HEALTH_HOST("127.0.0.1", "an address or a host name", "The address on which health and metrics listen."),
    HEALTH_PORT("8081", "0 to 65535", "The port of health and metrics; with 0, the server chooses a free port."),
    DATA("./data", "a folder", "The folder for keys and the embedded PostgreSQL's data; created if it does not exist."),
    DEMO(
            "",
            "on or off",
            "Whether a new installation starts with a tenant \"demo\" and an API key for it; unset: on with the embedded"
                    + " PostgreSQL, off with a PostgreSQL of your own."),
    DATABASE_URL(
            "",
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE",
            "A PostgreSQL of your own, 15 or newer, instead of the embedded one; HOST:PORT,HOST:PORT for a primary and its standbys."),
    DATABASE_OWNER_URL(
            "",
            "postgresql://OWNER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE",
            "Runs the migrations on startup and grants the role of ROSTER_DATABASE_URL the rights that the server needs;"
                    + " unset: that role owns the tables itself."),
    DATABASE_WAIT(
            "60",
            "0 to 3600 (seconds)",
            "How long the server waits on startup for that PostgreSQL while it is down, starting, unreachable or a standby."),
    DATABASE_CONNECTIONS(
            "8",
            "1 to 64",
            "Pipelined connections to PostgreSQL, each of which carries many requests at once. A quarter of them is for reads."
                    + " In addition, there are half as many for lists, up to 16 for transactions, and 1 for the server itself."),
    PUBLIC_URL(
            "",
            "http://… or https://…",
            "The URL that clients use, for the links in responses and mails; unset: links use the scheme and Host of each request, and no mails are sent."),
    REQUEST_TIMEOUT(
            "30",
            "1 to 600 (seconds)",
            "How long a client may take to send the headers of a request, and again to send its body; then the server returns 408."),
    REQUESTS_AT_ONCE(
            "1000",
            "1 to 100000",
            "How many calls are served at the same time; further requests receive 503 with Retry-After."),
    CONNECTIONS(
            "2500",
            "1 to 100000",
            "How many connections may be open; beyond that, a new one replaces one that has no request in progress."),
    CONNECTIONS_PER_ADDRESS(
            "2000", "1 to 100000", "How many connections one address may have open; trusted proxies have no limit."),
    DRAIN_SECONDS(
            "5",
            "0 to 600 (seconds)",
            "How long the server continues to serve after SIGTERM, while it reports that it is not ready; does not apply to Ctrl-C."),
    TRUSTED_PROXIES(
            "",
            "CIDR blocks, separated by commas",
            "Proxies whose Forwarded and X-Forwarded-For headers are trusted; unset: none."),
    FAILED_AUTHENTICATIONS(
            "10/60s",
            "a rate such as 10/60s, or off",
            "How many calls without a valid key one address may make before it receives 429; valid keys are always served."),
    ADMIN_HOST(
            "127.0.0.1",
            "an address or a host name",
            "The address on which the admin API listens, if it has a port of its own."),
    ADMIN_PORT(
            "",
            "0 to 65535",
            "A port on which only the admin API is served; unset: the admin API is served on the API's port."),
    TLS_CERTIFICATE(
            "",
            "a PEM file",
            "The certificate chain for HTTPS, the server's own certificate first; read again when the file changes."),
    TLS_KEY("", "a PEM file", "Its private key, in PKCS #8 without a password."),
    ARGON2_MEMORY_KIB("19456", "64 to 262144", "The memory of one password hash (Argon2id), in KiB."),
    ARGON2_ITERATIONS("2", "1 to 10", "The number of passes of a password hash over its memory."),
    ARGON2_PARALLELISM("1", "1 to 8", "The number of lanes of a password hash."),
    HASHING_THREADS(
            "",
            "1 to 256",
            "How many passwords are hashed at the same time; unset: half of the processors, at least one."),
    HASHING_WAITING("2000", "0 to 100000", "How many calls may wait for a thread; further calls receive 503."),
    HASHING_PATIENCE("30", "1 to 300", "How many seconds a call waits for a thread before it receives 503."),
    SMTP_URL(
            "",
            "smtp://USER:PASSWORD@HOST:PORT or smtps://…",
            "The mail server; smtp:// uses STARTTLS, and requires it if there is a password. Unset: mails remain in the database."),
    MAIL_FROM("", "an e-mail address", "The sender's address of all mails; required with ROSTER_SMTP_URL."),
    WEBHOOK_NETWORKS(
            "",
            "CIDR blocks, separated by commas",
            "Networks of your own to which webhooks may go besides public addresses, also with http://; unset: none."),
    AUDIT_RETENTION_DAYS(
            "1095",
            "30 to 3650 (days)",
            "How long the audit of administration is kept for what belongs to no tenant, or to a deleted one; each tenant has its own audit_retention_days."),
    CONSOLE("on", "on or off", "Whether the console for support agents is served."),
    CONSOLE_HOST(
            "127.0.0.1",
            "an address or a host name",
            "The address on which the console listens, if it has a port of its own."),
    CONSOLE_PORT(
            "",
            "0 to 65535",
            "A port on which only the console is served; unset: the console is served on the API's port."),
    CONSOLE_URL(
            "",
            "an https:// or http:// URL",
            "Where agents find the console, for links to it; unset: at ROSTER_PUBLIC_URL, or at its own port."),
    CONSOLE_SECOND_FACTOR(
            "on",
            "on or off",
            "Whether agents have to set up a second factor before they can use the console; those who have one always need it."),
    CONSOLE_IDLE_TIMEOUT(
            "1800",
            "300 to 86400 (seconds)",
            "After how long without a request an agent is signed out of the console."),
    CONSOLE_SESSION_TIMEOUT(
            "43200",
            "300 to 604800 (seconds)",
            "After how long an agent has to sign in to the console again in any case."),
    OIDC_ISSUER(
            "",
            "an https:// URL",
            "The issuer of an OpenID Connect provider at which agents sign in to the console; http:// on this machine alone."),
    OIDC_CLIENT_ID("", "a client identifier", "How the server is registered there; required with ROSTER_OIDC_ISSUER."),
    OIDC_CLIENT_SECRET("", "a client secret", "Its secret there; unset: it is a public client."),
    OIDC_ROLE_CLAIM(
            "roster_role",
            "the name of a claim",
            "The claim that has an agent's role, or several, such as realm_access.roles; without one, an agent cannot sign in."),
    OIDC_TENANT_CLAIM(
            "",
            "the name of a claim",
            "The claim that has the slug of an agent's tenant, or * for the installation; unset: all agents are the installation's."),
    LOG_FORMAT(
            "text",
            "text or json",
            "The format of the log lines on standard error; with json, everything that the server prints is JSON."),
    ACCESS_LOG(
            "off",
            "off, on or addresses",
            "Whether the log has a line for each request: with addresses, it contains the client's address as well.");

    /// Variables with Roster's prefix that are read by the launcher and the client commands, not by the server.
    static final Set<String> READ_BY_OTHERS = Set.of(
            "ROSTER_URL", "ROSTER_ADMIN_KEY", "ROSTER_CA", "ROSTER_JSON", "ROSTER_JAVA_HOME", "ROSTER_JAVA_OPTIONS");

    static final String PREFIX = "ROSTER_";

    private final String byDefault;
    private final String range;
    private final String description;

    Setting(String byDefault, String range, String description) {
        this.byDefault = byDefault;
        this.range = range;
        this.description = description;
    }

    /// The environment variable, such as `ROSTER_PORT`.
    public String variable() {
        return PREFIX + name();
    }

    /// The value if the variable is unset or empty; empty if there is none.
    public String byDefault() {
        return byDefault;
    }

    /// The allowed values, with their unit.
    public String range() {
        return range;
    }

    public String description() {
        return description;
    }

    static Optional<Setting> named(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    /// The list for `./roster serve --help`.
    public static String help() {
        return Arrays.stream(values())
                .map(setting -> "  %s (%s%s)%n      %s"
                        .formatted(
                                setting.variable(),
                                setting.range,
                                setting.byDefault.isEmpty() ? "" : "; default " + setting.byDefault,
                                setting.description))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
