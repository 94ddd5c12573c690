package tv.roster.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `./roster webhook …`
@Command(
        name = "webhook",
        description = {
            "Webhook endpoints of the tenant whose key is in ROSTER_API_KEY (scope webhooks):",
            "the servers to which Roster sends its events."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./roster webhook create https://crm.example/roster --kind user.created --kind user.deleted",
            "  ./roster webhook test https://crm.example/roster",
            "  ./roster webhook replay https://crm.example/roster --since 2h",
            "  ./roster webhook log https://crm.example/roster"
        })
final class WebhookCommands {
    private static final String ENDPOINTS = "/webhook_endpoints";
    private static final String TYPE = "WebhookEndpoint";
    private static final String NAMED = "Its id or its URL.";

    private final Terminal terminal;

    WebhookCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "List the endpoints, with what is not yet delivered.")
    void list(@Mixin Format format) {
        var endpoints = all();
        if (format.json(terminal)) {
            endpoints.forEach(endpoint -> terminal.say(endpoint.toString()));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("URL", "KINDS", "STATUS", "BACKLOG", "LAST SUCCESS", "ID"));
        for (var endpoint : endpoints) {
            rows.add(List.of(
                    endpoint.at("/attributes/url").asString(),
                    Words.list(endpoint.at("/attributes/kinds"), "all"),
                    endpoint.at("/attributes/status").asString(),
                    Words.text(endpoint.at("/attributes/backlog")),
                    Words.time(endpoint.at("/attributes/last_success_time")),
                    endpoint.at("/id").asString()));
        }
        terminal.table(rows);
    }

    @Command(name = "create", description = "Create an endpoint; the secret that signs what it receives is shown once.")
    void create(
            @Mixin Format format,
            @Parameters(paramLabel = "URL", description = "Where events are sent to.") String url,
            @Option(names = "--kind", description = "Such as user.created or user.*; repeatable; none: all.") @Nullable
                    List<String> kinds,
            @Option(names = "--description", description = "What it is for.") @Nullable String description) {
        var attributes = Server.object().put("url", url);
        Words.put(attributes, "kinds", kinds);
        if (description != null) {
            attributes.put("description", description);
        }
        show(format, terminal.ofTenant().post(ENDPOINTS, TYPE, attributes));
    }

    @Command(name = "show", description = "Show an endpoint.")
    void show(@Mixin Format format, @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint) {
        show(format, terminal.ofTenant().get(path(endpoint)));
    }

    @Command(name = "pause", description = "Stop sending events; they wait.")
    void pause(@Mixin Format format, @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint) {
        setStatus(format, endpoint, "PAUSED");
    }

    @Command(name = "enable", description = "Send events again, from where it stopped.")
    void enable(@Mixin Format format, @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint) {
        setStatus(format, endpoint, "ENABLED");
    }

    private void setStatus(Format format, String endpoint, String status) {
        var found = named(endpoint);
        var document = Server.document(TYPE, Server.object().put("status", status));
        var id = found.at("/id").asString();
        show(format, terminal.ofTenant().patchWith(ENDPOINTS + "/" + id, id, document));
    }

    @Command(name = "test", description = "Send webhook.test now; exit status 1 unless it is accepted.")
    void test(@Mixin Format format, @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint) {
        var document =
                terminal.ofTenant().post(path(endpoint) + "/test_deliveries", "WebhookTestDelivery", Server.object());
        var outcome = document.at("/data/attributes");
        if (format.json(terminal)) {
            terminal.json(document);
        } else {
            terminal.pairs(List.of(
                    List.of("Status", Words.text(outcome.at("/status"))),
                    List.of("Milliseconds", Words.text(outcome.at("/milliseconds"))),
                    List.of("Response", Words.text(outcome.at("/response"))),
                    List.of("Detail", Words.text(outcome.at("/detail")))));
        }
        if (outcome.at("/status").asInt(0) / 100 != 2) {
            throw new Failure(Failure.REFUSED, "The endpoint did not accept it.");
        }
    }

    @Command(name = "replay", description = "Deliver events again.")
    void replay(
            @Mixin Format format,
            @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint,
            @Option(
                            names = "--since",
                            required = true,
                            paramLabel = "WHEN",
                            description = "A date, a time, such as 2h, or a cursor of the feed.")
                    String since) {
        var from =
                isMoment(since) ? Instant.ofEpochSecond(Words.moment(since, -1)).toString() : since;
        var document = terminal.ofTenant()
                .post(
                        path(endpoint) + "/replays",
                        "WebhookReplay",
                        Server.object().put("since", from));
        if (format.json(terminal)) {
            terminal.json(document);
        } else {
            terminal.say("Events since " + from + " are delivered again.");
        }
    }

    /// Cursors are longer than any time.
    private static boolean isMoment(String text) {
        return text.length() < 40;
    }

    @Command(name = "log", description = "Show the latest attempts to deliver events, newest last.")
    void log(
            @Mixin Format format,
            @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint,
            @Option(
                            names = {"-n", "--last"},
                            defaultValue = "50",
                            description = "How many, 1 to 1000; usually 50.")
                    int last) {
        var attempts = new ArrayList<JsonNode>();
        terminal.ofTenant()
                .get(path(endpoint) + "/deliveries?page%5Bsize%5D=" + last)
                .at("/data")
                .forEach(attempts::add);
        if (format.json(terminal)) {
            attempts.reversed().forEach(attempt -> terminal.say(attempt.toString()));
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TIME", "EVENT", "STATUS", "MS", "DETAIL"));
        for (var attempt : attempts.reversed()) {
            var attributes = attempt.at("/attributes");
            rows.add(List.of(
                    attributes.at("/time").asString(),
                    attributes.at("/event_id").asString(),
                    Words.text(attributes.at("/status")),
                    Words.text(attributes.at("/milliseconds")),
                    Words.text(attributes.at("/detail"))));
        }
        terminal.table(rows);
    }

    @Command(name = "rotate", description = "Create a new secret; the former one signs as well for the overlap.")
    void rotate(
            @Mixin Format format,
            @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint,
            @Option(names = "--overlap", paramLabel = "TIME", defaultValue = "24h", description = "Such as 24h.")
                    String overlap) {
        var attributes =
                Server.object().put("overlap_seconds", Words.duration(overlap).toSeconds());
        var document =
                terminal.ofTenant().post(path(endpoint) + "/secret_rotations", "WebhookSecretRotation", attributes);
        if (format.json(terminal)) {
            terminal.json(document);
        } else {
            terminal.pairs(List.of(
                    List.of("Secret", document.at("/data/attributes/secret").asString())));
        }
    }

    @Command(name = "delete", description = "Delete an endpoint; what was not delivered is not delivered any more.")
    void delete(
            @Parameters(paramLabel = "ENDPOINT", description = NAMED) String endpoint,
            @Option(names = "--yes", required = true, description = "Required, since it cannot be undone.")
                    boolean yes) {
        var found = named(endpoint);
        terminal.ofTenant().delete(ENDPOINTS + "/" + found.at("/id").asString());
        terminal.say("Deleted " + found.at("/attributes/url").asString() + ".");
    }

    private List<JsonNode> all() {
        var endpoints = new ArrayList<JsonNode>();
        terminal.ofTenant().eachOf(ENDPOINTS + "?page%5Bsize%5D=1000", endpoints::add);
        return endpoints;
    }

    private JsonNode named(String idOrUrl) {
        var found = all().stream()
                .filter(endpoint -> endpoint.at("/id").asString().equalsIgnoreCase(idOrUrl)
                        || endpoint.at("/attributes/url").asString().equals(idOrUrl))
                .toList();
        if (found.size() != 1) {
            throw new Failure(
                    Failure.REFUSED,
                    found.isEmpty()
                            ? "There is no webhook endpoint " + idOrUrl + "."
                            : "Several webhook endpoints have this URL; give the id of one, as ./roster webhook list"
                                    + " shows it.");
        }
        return found.getFirst();
    }

    private String path(String idOrUrl) {
        return ENDPOINTS + "/" + named(idOrUrl).at("/id").asString();
    }

    private void show(Format format, JsonNode document) {
        if (format.json(terminal)) {
            terminal.json(document);
            return;
        }
        var attributes = document.at("/data/attributes");
        var pairs = new ArrayList<List<String>>();
        pairs.add(List.of("Id", document.at("/data/id").asString()));
        pairs.add(List.of("URL", attributes.at("/url").asString()));
        pairs.add(List.of("Description", Words.text(attributes.at("/description"))));
        pairs.add(List.of("Kinds", Words.list(attributes.at("/kinds"), "all")));
        pairs.add(List.of("Status", attributes.at("/status").asString()));
        if (!attributes.at("/disabled_reason").isNull()) {
            pairs.add(List.of("Reason", Words.text(attributes.at("/disabled_reason"))));
        }
        pairs.add(List.of("Backlog", Words.text(attributes.at("/backlog"))));
        pairs.add(List.of("Last success", Words.time(attributes.at("/last_success_time"))));
        var failure = attributes.at("/last_failure");
        pairs.add(List.of(
                "Last failure",
                failure.isObject()
                        ? Words.text(failure.at("/time")) + " " + Words.text(failure.at("/status")) + " "
                                + Words.text(failure.at("/detail"))
                        : "-"));
        if (attributes.has("secret")) {
            pairs.add(List.of("Secret", attributes.at("/secret").asString()));
        }
        terminal.pairs(pairs);
    }
}
