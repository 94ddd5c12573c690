package tv.roster.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Prints the audit log, and optionally follows it.
final class EventCommand {
    /// How far back each query reaches: events become visible when they are committed, not exactly in the order of
    /// their times.
    private static final long LOOK_BACK_SECONDS = 15;

    private static final long LOOK_EVERY_NANOS = 1_000_000_000L;

    private final Terminal terminal;
    private final String filters;
    private final boolean json;
    private final Map<String, Long> seen = new LinkedHashMap<>();
    private final Map<String, String> slugs = new HashMap<>();
    private final Map<String, String> prefixes = new HashMap<>();
    private long latest;

    /// `filters` begins with an ampersand, unless it is empty.
    EventCommand(Terminal terminal, String filters, boolean json) {
        this.terminal = terminal;
        this.filters = filters;
        this.json = json;
    }

    /// Prints the newest events, oldest first; `since` is an additional filter, or empty.
    void last(int count, String since) {
        if (!json) {
            readSlugs();
        }
        var events = new ArrayList<JsonNode>();
        terminal.server()
                .get("/events?page%5Bsize%5D=" + count + filters + since)
                .at("/data")
                .forEach(events::add);
        events.reversed().forEach(this::print);
    }

    /// Prints new events until it is interrupted.
    void follow() {
        latest = Math.max(latest, Instant.now().getEpochSecond());
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            long since = latest - LOOK_BACK_SECONDS;
            seen.values().removeIf(time -> time < since);
            terminal.server()
                    .eachOf(
                            "/events?sort=time&page%5Bsize%5D=1000&filter%5Bsince%5D=" + since + filters,
                            this::printNew);
        }
    }

    private void printNew(JsonNode event) {
        if (!seen.containsKey(event.at("/id").asString())) {
            print(event);
        }
    }

    private void print(JsonNode event) {
        long time = Instant.parse(event.at("/attributes/time").asString()).getEpochSecond();
        latest = Math.max(latest, time);
        seen.put(event.at("/id").asString(), time);
        terminal.say(json ? event.toString() : line(event));
    }

    private void readSlugs() {
        terminal.server()
                .eachOf(
                        "/tenants?page%5Bsize%5D=1000",
                        tenant -> slugs.put(
                                tenant.at("/id").asString(),
                                tenant.at("/attributes/slug").asString()));
    }

    private String line(JsonNode event) {
        var parts = new ArrayList<String>();
        parts.add(event.at("/attributes/time").asString());
        var kind = event.at("/attributes/kind").asString();
        parts.add(kind);
        add(parts, "tenant", event, "/relationships/tenant/data/id");
        add(parts, "user", event, "/relationships/user/data/id");
        add(parts, "key", event, "/relationships/api_key/data/id");
        add(parts, "by", event, "/relationships/author/data/id");
        add(parts, "from", event, "/attributes/address");
        if (kind.startsWith("access.")) {
            add(parts, "times", event, "/attributes/after/count");
            add(parts, "prefix", event, "/attributes/after/prefix");
            add(parts, "scope", event, "/attributes/after/scope");
        }
        add(parts, "request", event, "/attributes/request_id");
        return String.join("  ", parts);
    }

    private void add(List<String> parts, String name, JsonNode event, String pointer) {
        @Nullable
        String value = event.at(pointer).isValueNode() && !event.at(pointer).isNull()
                ? event.at(pointer).asString()
                : null;
        if (value != null) {
            parts.add(name + "="
                    + switch (name) {
                        case "tenant" -> slugs.getOrDefault(value, value);
                        case "key", "by" -> prefix(value);
                        default -> value;
                    });
        }
    }

    /// The prefix of a key, by which the other commands know it; its id if it was deleted with its tenant, or cannot be
    /// read now.
    private String prefix(String id) {
        var known = prefixes.get(id);
        if (known != null) {
            return known;
        }
        try {
            var prefix = terminal.server()
                    .get("/api_keys/" + id)
                    .at("/data/attributes/prefix")
                    .asString(id);
            prefixes.put(id, prefix);
            return prefix;
        } catch (Failure unknown) {
            return id;
        }
    }
}
