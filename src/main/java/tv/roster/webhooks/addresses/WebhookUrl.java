package tv.roster.webhooks.addresses;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import tv.roster.access.allowlist.IpAddress;
import tv.roster.platform.outgoing.Destination;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;

/// The URL of a webhook endpoint.
///
/// @param text as it was sent
public record WebhookUrl(String text, Destination destination) {
    private static final int LONGEST = 2048;
    private static final int LARGEST_PORT = 65535;

    /// What some programs read as an IPv4 address: a host whose last part is a number (URL Standard, "ends in a
    /// number").
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

    /// Throws [InvalidValue], with `url_not_allowed` for a URL to which webhooks do not go.
    public static WebhookUrl parse(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "A URL has at most " + LONGEST + " characters.");
        }
        var url = url(text);
        boolean tls = isTls(url);
        if (url.getRawUserInfo() != null) {
            throw notAllowed("The URL must not contain a user or a password.");
        }
        if (url.getRawFragment() != null) {
            throw new InvalidValue("The URL must not have a fragment.");
        }
        var host = url.getHost();
        if (host == null || !text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new InvalidValue("The URL needs a host; write an international name in its ASCII form.");
        }
        int port = url.getPort() == -1 ? Destination.usualPort(tls) : url.getPort();
        if (port < 1 || port > LARGEST_PORT) {
            throw new InvalidValue("The port is 1 to " + LARGEST_PORT + ".");
        }
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return new WebhookUrl(text, new Destination(tls, host(host), port, path + query));
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidValue("This is not a URL such as https://crm.example/roster.");
        }
    }

    private static boolean isTls(URI url) {
        var scheme = url.getScheme();
        if (scheme == null || url.isOpaque()) {
            throw new InvalidValue("This is not a URL such as https://crm.example/roster.");
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> false;
            default -> throw notAllowed("The URL has to begin with https://.");
        };
    }

    /// The host without brackets. An address has to be written in the usual way, so that nobody reads another one.
    private static String host(String host) {
        if (host.startsWith("[")) {
            return address(host.substring(1, host.length() - 1));
        }
        return ENDS_IN_NUMBER.matcher(host).matches() ? address(host) : host.toLowerCase(Locale.ROOT);
    }

    private static String address(String literal) {
        try {
            return IpAddress.parse(literal).toString();
        } catch (InvalidValue e) {
            throw notAllowed(
                    "An address as the host has to be written as 192.0.2.10 or [2001:db8::1], without a zone.");
        }
    }

    private static InvalidValue notAllowed(String detail) {
        return new InvalidValue(ErrorCode.URL_NOT_ALLOWED, detail);
    }

    @Override
    public String toString() {
        return text;
    }
}
