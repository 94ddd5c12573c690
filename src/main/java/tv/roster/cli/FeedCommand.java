package tv.roster.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Prints the events of a tenant's feed, in the order of their commits, and optionally follows it.
final class FeedCommand {
    private static final String KINDS = "&filter%5Bkind%5D=";
    private static final String USER = "&filter%5Buser%5D=";
    private static final int WAIT_SECONDS = 30;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final boolean json;

    FeedCommand(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /// Where the feed is read from.
    static final class Options {
        @Option(
                names = "--feed",
                required = true,
                description = "The feed that other systems read, oldest first, with the key in ROSTER_API_KEY"
                        + " (scope events:read) instead of the audit log.")
        boolean asked;

        @Option(names = "--from-now", description = "Begin with what happens from now on, not with the oldest event.")
        boolean fromNow;

        @Option(names = "--after", paramLabel = "CURSOR", description = "Go on where an earlier run ended.")
        @Nullable
        String after;

        String query() {
            if (fromNow && after != null) {
                throw new Failure(Failure.MISUSED, "Give --from-now or --after, not both.");
            }
            return after != null ? "&page%5Bafter%5D=" + Server.encoded(after) : fromNow ? "&from=now" : "";
        }
    }

    /// Rejects a key of another tenant than this one.
    void demandTenant(String slugOrId) {
        var tenant = terminal.ofTenant().get("/access").at("/data/attributes/tenant");
        var slug = tenant.at("/slug").asString("");
        if (!slugOrId.equals(slug)
                && !slugOrId.equalsIgnoreCase(tenant.at("/id").asString(""))) {
            throw new Failure(
                    Failure.MISUSED,
                    "The key belongs to the tenant " + slug + "; set ROSTER_API_KEY to a key of " + slugOrId
                            + " (./roster key create " + slugOrId + " --name NAME --scope events:read).");
        }
    }

    /// Prints all events up to the end of the feed; `filters` begins with an ampersand, unless it is empty.
    ///
    /// @param follow whether to wait for further ones until it is interrupted
    void print(String filters, boolean follow) {
        var next = "/events?page%5Bsize%5D=1000" + filters + (follow ? "&wait=" + WAIT_SECONDS : "");
        while (!Thread.currentThread().isInterrupted()) {
            var page = read(next, follow);
            if (page == null) {
                continue;
            }
            page.at("/data").forEach(event -> terminal.say(json ? event.toString() : line(event)));
            next = page.at("/links/next").asString();
            if (!follow && page.at("/data").isEmpty() && isEnd(filters, cursor(next))) {
                terminal.remark("To go on from here: --after " + cursor(next));
                return;
            }
        }
    }

    /// Whether nothing comes after the cursor of an empty page. The server looks for rare kinds for a second, and then
    /// returns how far it has come; the events of one user it finds at once.
    private boolean isEnd(String filters, String cursor) {
        return !filters.contains(KINDS)
                || filters.contains(USER)
                || terminal.ofTenant()
                        .get("/events?page%5Bsize%5D=1&page%5Bafter%5D=" + cursor)
                        .at("/data")
                        .isEmpty();
    }

    /// A page; null after a failure that may pass, which is reported.
    private @Nullable JsonNode read(String path, boolean follow) {
        try {
            return terminal.ofTenant().get(path);
        } catch (Failure failure) {
            if (!follow || !failure.isTemporary()) {
                throw failure;
            }
            terminal.remark(failure.words());
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            return null;
        }
    }

    private static String cursor(String link) {
        return link.replaceFirst(".*[?&]page(?:\\[|%5B)after(?:\\]|%5D)=([^&]*).*", "$1");
    }

    private static String line(JsonNode event) {
        var attributes = event.at("/attributes");
        var parts = new ArrayList<String>();
        parts.add(attributes.at("/time").asString());
        parts.add(attributes.at("/kind").asString());
        add(parts, "user", attributes.at("/user_id"));
        add(parts, "external_id", attributes.at("/external_id"));
        add(parts, "version", attributes.at("/version"));
        add(parts, "profile", attributes.at("/profile_id"));
        if (!attributes.at("/changed").isEmpty()) {
            parts.add("changed=" + Words.list(attributes.at("/changed"), "").replace(", ", ","));
        }
        add(parts, "by", attributes.at("/actor/kind"));
        return String.join("  ", parts);
    }

    private static void add(List<String> parts, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            parts.add(name + "=" + value.asString());
        }
    }
}
