package tv.roster.cli;

import tools.jackson.databind.JsonNode;

/// Finds resources by the names that people use: a tenant by its slug, a key by its prefix,
/// an agent by its e-mail address, all also by id.
record Lookup(Server server) {
    static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    JsonNode tenant(String slugOrId) {
        if (slugOrId.matches(UUID)) {
            return server.get("/tenants/" + slugOrId).at("/data");
        }
        return only(server.get("/tenants?filter%5Bslug%5D=" + Server.encoded(slugOrId)), "tenant " + slugOrId);
    }

    /// Accepts a complete key as well as its prefix; only the prefix is sent.
    JsonNode key(String prefixOrId) {
        if (prefixOrId.matches(UUID)) {
            return server.get("/api_keys/" + prefixOrId).at("/data");
        }
        var prefix = prefixOrId.startsWith("rst_") && prefixOrId.length() > 12
                ? prefixOrId.substring(4, 12)
                : prefixOrId.replaceFirst("^rst_", "");
        return only(server.get("/api_keys?filter%5Bprefix%5D=" + Server.encoded(prefix)), "key " + prefix);
    }

    JsonNode agent(String emailOrId) {
        if (emailOrId.matches(UUID)) {
            return server.get("/agents/" + emailOrId).at("/data");
        }
        return only(server.get("/agents?filter%5Bemail%5D=" + Server.encoded(emailOrId)), "agent " + emailOrId);
    }

    private static JsonNode only(JsonNode page, String what) {
        if (page.at("/data").isEmpty()) {
            throw new Failure(Failure.REFUSED, "There is no " + what + ".");
        }
        return page.at("/data/0");
    }
}
