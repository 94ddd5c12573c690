package tv.roster.platform.mail;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.values.domains.LoopbackHost;
import tv.roster.values.text.PercentEncoding;

/// The mail server that accepts Roster's mails, and their sender address.
///
/// @param encrypted from the first byte (`smtps`); otherwise by STARTTLS
/// @param user      null if the server requires none, like the password
public record SmtpServer(
        boolean encrypted,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        String from) {
    private static final int SUBMISSION_PORT = 587;
    private static final int SUBMISSIONS_PORT = 465;

    private static final Pattern URL = Pattern.compile("(?<scheme>smtps?)://"
            + "(?:(?<user>[^:@/?#]+):(?<password>[^@/?#]+)@)?"
            + "(?:\\[(?<ipv6>[0-9A-Fa-f:.]+)]|(?<host>[A-Za-z0-9._-]+))"
            + "(?::(?<port>[1-9][0-9]{0,4}))?/?");

    /// Parses `smtp://user:password@host:port` or `smtps://…`, with special characters percent-encoded.
    ///
    /// @throws IllegalArgumentException with a message that does not contain the password
    public static SmtpServer parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must have the form smtp://USER:PASSWORD@HOST:PORT or smtps://…, with"
                    + " special characters percent-encoded");
        }
        boolean encrypted = parts.group("scheme").toLowerCase(Locale.ROOT).equals("smtps");
        int usual = encrypted ? SUBMISSIONS_PORT : SUBMISSION_PORT;
        int port = parts.group("port") == null ? usual : Integer.parseInt(parts.group("port"));
        if (port > 65_535) {
            throw new IllegalArgumentException("must have a port from 1 to 65535");
        }
        return new SmtpServer(
                encrypted,
                parts.group("ipv6") == null ? parts.group("host") : parts.group("ipv6"),
                port,
                decoded(parts.group("user")),
                decoded(parts.group("password")),
                "");
    }

    private static @Nullable String decoded(@Nullable String part) {
        if (part == null) {
            return null;
        }
        var text = PercentEncoding.decode(part);
        if (text == null) {
            throw new IllegalArgumentException("must have special characters percent-encoded");
        }
        return text;
    }

    /// The same server with this sender address.
    public SmtpServer from(String address) {
        return new SmtpServer(encrypted, host, port, user, password, address);
    }

    /// Whether a mail must be encrypted in transit. With a password it must be, except within this machine; without
    /// one, mails to a server that offers no encryption are sent unencrypted.
    public boolean demandsTls() {
        return encrypted || needsStartTls();
    }

    boolean needsStartTls() {
        return !encrypted && password != null && !LoopbackHost.is(host);
    }

    @Override
    public String toString() {
        return "SmtpServer[" + host + ":" + port + "]";
    }
}
