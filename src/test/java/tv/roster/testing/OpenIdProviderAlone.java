package tv.roster.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// A certified OpenID Connect provider in a process of its own: npm's `oidc-provider`, as `src/test/node/provider.mjs`
/// sets it up.
public final class OpenIdProviderAlone implements AutoCloseable {
    private static final Pattern ISSUER = Pattern.compile("issuer (\\S+) ready");

    private final String secret = UUID.randomUUID().toString();
    private final RunningProgram program;
    private final String issuer;

    public OpenIdProviderAlone() {
        program = RunningProgram.start(
                Path.of(""),
                Map.of("CLIENT_SECRET", secret),
                List.of(
                        Program.demand("node").toString(),
                        NodeTools.script("provider.mjs").toString()));
        program.awaitOutput(" ready");
        var found = ISSUER.matcher(program.output());
        if (!found.find()) {
            throw new AssertionError(program.output());
        }
        issuer = found.group(1);
    }

    /// The settings of a server whose agents sign in here, and more of them.
    public Map<String, String> settings(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "ROSTER_OIDC_ISSUER", issuer,
                "ROSTER_OIDC_CLIENT_ID", "roster",
                "ROSTER_OIDC_CLIENT_SECRET", secret));
        settings.putAll(more);
        return settings;
    }

    /// Gives an account its claims, members of a JSON object.
    public void account(String sub, String claims) {
        var response = ApiClient.send(HttpRequest.newBuilder(URI.create(issuer + "/accounts/" + sub))
                .PUT(BodyPublishers.ofString(Json.json("{" + claims + "}")))
                .build());
        if (response.status() != 204) {
            throw new AssertionError(response.text());
        }
    }

    public String issuer() {
        return issuer;
    }

    @Override
    public void close() {
        program.close();
    }
}
