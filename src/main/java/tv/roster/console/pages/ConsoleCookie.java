package tv.roster.console.pages;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import tv.roster.platform.http.Request;
import tv.roster.platform.http.Response;

/// A cookie of the console. Its prefix makes browsers refuse it without TLS, except on the same machine, and keep it
/// from every other host (RFC 6265bis, section 4.1.3.2).
public enum ConsoleCookie {
    SESSION("__Host-roster-session"),
    /// Between the password and the second factor.
    STEP("__Host-roster-step"),
    /// While the browser is at the operator's OpenID Connect provider.
    PROVIDER("__Host-roster-provider");

    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

    private final String title;

    ConsoleCookie(String title) {
        this.title = title;
    }

    /// Its value in a request.
    public Optional<String> of(Request request) {
        return request.headerLines("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(title + "="))
                .map(cookie -> cookie.substring(title.length() + 1))
                .findFirst();
    }

    /// Gives it to the browser, until that is closed.
    public Response set(Response response, String value) {
        return response.with("Set-Cookie", title + "=" + value + ATTRIBUTES);
    }

    /// Gives it to the browser for so long.
    public Response set(Response response, String value, Duration time) {
        return response.with("Set-Cookie", title + "=" + value + "; Max-Age=" + time.toSeconds() + ATTRIBUTES);
    }

    /// Takes it from the browser.
    public Response remove(Response response) {
        return response.with("Set-Cookie", title + "=; Max-Age=0" + ATTRIBUTES);
    }
}
