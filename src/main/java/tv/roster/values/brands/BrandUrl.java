package tv.roster.values.brands;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.domains.LoopbackHost;

/// An address of an operator's own, to which a page leads or from which it takes its logo.
///
/// @param text   as it was sent
/// @param origin scheme, host and port, as policies of pages name it
public record BrandUrl(String text, String origin) {
    private static final int LONGEST = 2048;
    private static final int LARGEST_PORT = 65535;
    private static final int HTTPS = 443;

    private static final String ALLOWED =
            "Allowed is https:// with a host and a path, such as https://tv.example/login,"
                    + " and for trials http:// with localhost as the host.";

    /// Throws [InvalidValue] unless the address is `https`, or `http` on this machine, without a user or a password.
    public static BrandUrl parse(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidValue(ErrorCode.TOO_LONG, "A URL has at most " + LONGEST + " characters.");
        }
        var url = url(text);
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        var host = host(url.getHost());
        if (url.getRawUserInfo() != null) {
            throw new InvalidValue("The URL must not contain a user or a password, which the page would show to all.");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && LoopbackHost.is(host))) {
            throw new InvalidValue("The URL begins with something else than https://. " + ALLOWED);
        }
        if (url.getPort() == 0 || url.getPort() > LARGEST_PORT) {
            throw new InvalidValue("The port is 1 to " + LARGEST_PORT + ".");
        }
        var port = url.getPort() == -1 || (scheme.equals("https") && url.getPort() == HTTPS) ? "" : ":" + url.getPort();
        return new BrandUrl(text, scheme + "://" + host + port);
    }

    private static URI url(String text) {
        try {
            if (text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
                return new URI(text);
            }
            throw new InvalidValue("The URL has characters that are not ASCII. Encode them with %, and write an"
                    + " international host in its ASCII form (xn--).");
        } catch (URISyntaxException e) {
            throw new InvalidValue("This is not a URL. " + ALLOWED);
        }
    }

    /// Only what a policy can name without quotation.
    private static String host(@Nullable String host) {
        if (host == null || host.indexOf('%') >= 0) {
            throw new InvalidValue("The URL has no host. " + ALLOWED);
        }
        return host.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
