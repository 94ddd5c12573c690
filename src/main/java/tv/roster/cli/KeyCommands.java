package tv.roster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `./roster key …`
@Command(
        name = "key",
        description = "API keys of tenants, and admin keys.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster key create north-tv --name \"CRM\" --expires 365d",
            "  ./roster key create north-tv --name \"Login\" --scope credentials:verify --allow 192.0.2.10",
            "  ./roster key create --admin --name \"Anna\"",
            "  ./roster key update Ab3dE6gH --expires 365d --scope users:read",
            "  ./roster key rotate Ab3dE6gH --overlap 24h"
        })
final class KeyCommands {
    private final Terminal terminal;

    KeyCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "List the keys of a tenant, or all.")
    void list(
            @Mixin Format format,
            @Parameters(paramLabel = "TENANT", arity = "0..1", description = "Its slug or id; none: all keys.")
                    @Nullable
                    String tenant) {
        var server = terminal.server();
        var keys = new ArrayList<JsonNode>();
        var path = tenant == null
                ? "/api_keys"
                : "/tenants/" + new Lookup(server).tenant(tenant).at("/id").asString() + "/api_keys";
        server.eachOf(path + "?page%5Bsize%5D=1000", keys::add);
        if (format.json(terminal)) {
            keys.forEach(key -> terminal.say(key.toString()));
            return;
        }
        var slugs = new HashMap<String, String>();
        server.eachOf(
                "/tenants?page%5Bsize%5D=1000",
                one -> slugs.put(
                        one.at("/id").asString(), one.at("/attributes/slug").asString()));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("PREFIX", "NAME", "TENANT", "SCOPES", "STATE", "LAST USED"));
        for (var key : keys) {
            rows.add(List.of(
                    key.at("/attributes/prefix").asString(),
                    key.at("/attributes/name").asString(),
                    slugs.getOrDefault(key.at("/relationships/tenant/data/id").asString(""), "-"),
                    Words.list(key.at("/attributes/scopes"), "-"),
                    state(key.at("/attributes")),
                    Words.time(key.at("/attributes/last_used_time"))));
        }
        terminal.table(rows);
    }

    private static String state(JsonNode attributes) {
        if (!attributes.at("/revoked_time").isNull()) {
            return "revoked " + Words.time(attributes.at("/revoked_time"));
        }
        var expires = attributes.at("/expires_time");
        var former = attributes.at("/former_secret_until");
        return (expires.isNull() ? "in force" : (isPast(expires) ? "expired " : "until ") + Words.time(expires))
                + (former.isNull() || isPast(former) ? "" : ", old secret until " + Words.time(former));
    }

    private static boolean isPast(JsonNode epochSecond) {
        return epochSecond.asLong() * 1000 < System.currentTimeMillis();
    }

    @Command(name = "create", description = "Create a key; its secret is shown once.")
    void create(
            @Mixin Format format,
            @Parameters(paramLabel = "TENANT", arity = "0..1", description = "Its slug or id.") @Nullable String tenant,
            @Option(names = "--admin", description = "An admin key, which belongs to no tenant.") boolean admin,
            @Option(names = "--name", required = true, description = "What the key is for.") String name,
            @Option(names = "--scope", paramLabel = "SCOPE", description = "Repeatable; none: users:read, users:write.")
                    @Nullable
                    List<String> scopes,
            @Option(names = "--allow", paramLabel = "CIDR", description = "A network it may be used from; repeatable.")
                    @Nullable
                    List<String> blocks,
            @Option(names = "--expires", paramLabel = "WHEN", description = "A date, or a time from now such as 90d.")
                    @Nullable
                    String expires,
            @Option(names = "--rate-limit", paramLabel = "N/Ts", description = "Such as 100/1s.") @Nullable
                    String rateLimit) {
        if ((tenant == null) != admin) {
            throw new Failure(Failure.MISUSED, "Name a tenant, or say --admin.");
        }
        var attributes = Server.object().put("name", name);
        Words.put(attributes, "scopes", scopes);
        Words.put(attributes, "ip_allow_list", blocks);
        if (expires != null) {
            attributes.put("expires_time", Words.moment(expires, 1));
        }
        if (rateLimit != null) {
            attributes.put("rate_limit", rateLimit);
        }
        var server = terminal.server();
        var path = tenant == null
                ? "/api_keys"
                : "/tenants/" + new Lookup(server).tenant(tenant).at("/id").asString() + "/api_keys";
        show(format, server.post(path, "ApiKey", attributes));
    }

    @Command(
            name = "update",
            description = "Change a key; everything that is not given remains unchanged. Its secret remains valid.",
            footer = "An empty --expires or --rate-limit removes it.")
    void update(
            @Mixin Format format,
            @Parameters(paramLabel = "KEY", description = "Its prefix or id.") String key,
            @Option(names = "--name", description = "What the key is for.") @Nullable String name,
            @Option(names = "--scope", paramLabel = "SCOPE", description = "All of its new scopes; repeatable.")
                    @Nullable
                    List<String> scopes,
            @Option(names = "--allow", paramLabel = "CIDR", description = "Its whole new allow-list; repeatable.")
                    @Nullable
                    List<String> blocks,
            @Option(names = "--expires", paramLabel = "WHEN", description = "A date, or a time from now such as 90d.")
                    @Nullable
                    String expires,
            @Option(names = "--rate-limit", paramLabel = "N/Ts", description = "Such as 100/1s.") @Nullable
                    String rateLimit) {
        var attributes = Server.object();
        Words.put(attributes, "scopes", scopes);
        Words.put(attributes, "ip_allow_list", blocks);
        if (name != null) {
            attributes.put("name", name);
        }
        if (expires != null) {
            attributes.set(
                    "expires_time",
                    expires.isEmpty() ? attributes.nullNode() : attributes.numberNode(Words.moment(expires, 1)));
        }
        if (rateLimit != null) {
            attributes.put("rate_limit", rateLimit.isEmpty() ? null : rateLimit);
        }
        if (attributes.isEmpty()) {
            throw new Failure(Failure.MISUSED, "Name what to change, such as --name; see --help.");
        }
        var found = new Lookup(terminal.server()).key(key);
        show(format, terminal.server().patch("/api_keys/" + found.at("/id").asString(), found, attributes));
    }

    @Command(name = "rotate", description = "Give a key a new secret; the old one remains valid for the overlap.")
    void rotate(
            @Mixin Format format,
            @Parameters(paramLabel = "KEY", description = "Its prefix or id.") String key,
            @Option(names = "--overlap", paramLabel = "TIME", defaultValue = "24h", description = "Such as 24h or 0s.")
                    String overlap) {
        var server = terminal.server();
        var found = new Lookup(server).key(key);
        var attributes =
                Server.object().put("overlap_seconds", Words.duration(overlap).toSeconds());
        var document =
                server.post("/api_keys/" + found.at("/id").asString() + "/rotations", "ApiKeyRotation", attributes);
        show(format, document);
        keepIfOurs(document.at("/data/attributes"));
    }

    /// If the rotated key is the one that these commands use, stores the new secret in their key file.
    private void keepIfOurs(JsonNode attributes) {
        var place = terminal.server().place();
        if (place.keyFile() == null
                || !place.key().startsWith("rst_" + attributes.at("/prefix").asString() + "_")) {
            return;
        }
        try {
            Files.writeString(place.keyFile(), attributes.at("/secret").asString() + System.lineSeparator());
        } catch (IOException e) {
            throw new Failure(Failure.REFUSED, "The new secret could not be written to " + place.keyFile() + ".");
        }
    }

    @Command(name = "revoke", description = "Revoke a key immediately and permanently.")
    void revoke(@Parameters(paramLabel = "KEY", description = "Its prefix or id.") String key) {
        var found = new Lookup(terminal.server()).key(key);
        terminal.server().delete("/api_keys/" + found.at("/id").asString());
        terminal.say("Revoked " + found.at("/attributes/prefix").asString() + " ("
                + found.at("/attributes/name").asString() + ").");
    }

    private void show(Format format, JsonNode document) {
        if (format.json(terminal)) {
            terminal.json(document);
            return;
        }
        var attributes = document.at("/data/attributes");
        terminal.pairs(List.of(
                List.of("Name", attributes.at("/name").asString()),
                List.of("Prefix", attributes.at("/prefix").asString()),
                List.of("Scopes", Words.list(attributes.at("/scopes"), "-")),
                List.of("Allowed from", Words.list(attributes.at("/ip_allow_list"), "everywhere")),
                List.of("Expires", Words.time(attributes.at("/expires_time"))),
                List.of("Rate limit", Words.text(attributes.at("/rate_limit"))),
                List.of("Old secret until", Words.time(attributes.at("/former_secret_until")))));
        if (attributes.at("/secret").isString()) {
            terminal.say("");
            terminal.say("The key, shown only now:");
            terminal.say("  " + attributes.at("/secret").asString());
        }
    }
}
