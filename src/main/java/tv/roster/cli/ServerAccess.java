package tv.roster.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the server is and which key to use: `ROSTER_URL` with `ROSTER_ADMIN_KEY` or `ROSTER_API_KEY`, or what a server
/// on this machine
/// has written to its data folder. A key from that folder is never sent to another server.
///
/// @param keyFile     the file of the key; null if it is from the environment
/// @param authorities a PEM file of certificates to trust for HTTPS; null for those of the JDK
record ServerAccess(
        URI url,
        String key,
        @Nullable Path keyFile,
        @Nullable Path authorities) {
    private static final String ADMIN_KEY = "ROSTER_ADMIN_KEY";
    private static final String TENANT_KEY = "ROSTER_API_KEY";

    /// For the admin API.
    static ServerAccess ofAdmin(Terminal terminal) {
        return of(terminal, ADMIN_KEY, "admin-key", 0, "the admin key for that server", "set ROSTER_ADMIN_KEY");
    }

    /// For the User Management API; on this machine, the tenant is "demo" if there is no key of another one.
    static ServerAccess ofTenant(Terminal terminal) {
        return of(
                terminal,
                TENANT_KEY,
                "demo-key",
                1,
                "a key of the tenant",
                "set ROSTER_API_KEY to a key of the tenant (./roster key create TENANT --name NAME)");
    }

    /// @param line where `server-url` has the URL of this API
    private static ServerAccess of(
            Terminal terminal, String variable, String keyName, int line, String what, String advice) {
        var url = terminal.variable("ROSTER_URL");
        var key = terminal.variable(variable);
        var ca = terminal.variable("ROSTER_CA");
        var authorities = ca == null ? null : Path.of(ca);
        if (url != null) {
            if (key == null) {
                throw new Failure(Failure.MISUSED, "ROSTER_URL needs " + variable + ", " + what + ".");
            }
            return new ServerAccess(address(url), key, null, authorities);
        }
        var given = terminal.variable("ROSTER_DATA");
        var data = Path.of(given == null ? "./data" : given);
        var found = lines(data.resolve("server-url"));
        if (found.isEmpty()) {
            throw new Failure(
                    Failure.UNREACHABLE,
                    "No server runs on the data folder " + data + ". Start one with ./roster serve, or set ROSTER_URL"
                            + " and " + variable + " for one elsewhere.");
        }
        var place = address(found.get(Math.min(line, found.size() - 1)));
        if (key != null) {
            return new ServerAccess(place, key, null, authorities);
        }
        var file = data.resolve(keyName);
        var kept = lines(file);
        if (kept.isEmpty()) {
            throw new Failure(Failure.MISUSED, "There is no key in " + file + " that you can read; " + advice + ".");
        }
        return new ServerAccess(place, kept.getFirst(), file, authorities);
    }

    private static URI address(String url) {
        try {
            var address = URI.create(url.replaceAll("/+$", ""));
            if (address.getHost() == null
                    || !String.valueOf(address.getScheme()).matches("https?")) {
                throw new IllegalArgumentException(url);
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.MISUSED, "ROSTER_URL has to be an http or https address, not " + url);
        }
    }

    private static List<String> lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return "ServerAccess[" + url + "]";
    }
}
