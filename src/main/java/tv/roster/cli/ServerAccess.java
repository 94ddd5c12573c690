package tv.roster.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the server is and which key to use: `ROSTER_URL` with `ROSTER_ADMIN_KEY`, or what a server on this machine
/// has written to its data folder. A key from that folder is never sent to another server.
///
/// @param keyFile     the file of the key; null if it is from the environment
/// @param authorities a PEM file of certificates to trust for HTTPS; null for those of the JDK
record ServerAccess(
        URI url,
        String key,
        @Nullable Path keyFile,
        @Nullable Path authorities) {
    static ServerAccess of(Terminal terminal) {
        var url = terminal.variable("ROSTER_URL");
        var key = terminal.variable("ROSTER_ADMIN_KEY");
        var ca = terminal.variable("ROSTER_CA");
        var authorities = ca == null ? null : Path.of(ca);
        var given = terminal.variable("ROSTER_DATA");
        var data = Path.of(given == null ? "./data" : given);
        if (url != null) {
            if (key == null) {
                throw new Failure(Failure.MISUSED, "ROSTER_URL needs ROSTER_ADMIN_KEY, the key for that server.");
            }
            return new ServerAccess(address(url), key, null, authorities);
        }
        var found = firstLine(data.resolve("server-url"));
        if (found == null) {
            throw new Failure(
                    Failure.UNREACHABLE,
                    "No server runs on the data folder " + data + ". Start one with ./roster serve, or set ROSTER_URL"
                            + " and ROSTER_ADMIN_KEY for one elsewhere.");
        }
        if (key != null) {
            return new ServerAccess(address(found), key, null, authorities);
        }
        var file = data.resolve("admin-key");
        var kept = firstLine(file);
        if (kept == null) {
            throw new Failure(
                    Failure.MISUSED, "There is no admin key in " + file + " that you can read; set ROSTER_ADMIN_KEY.");
        }
        return new ServerAccess(address(found), kept, file, authorities);
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

    private static @Nullable String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "ServerAccess[" + url + "]";
    }
}
