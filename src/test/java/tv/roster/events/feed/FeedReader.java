package tv.roster.events.feed;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tv.roster.testing.ApiClient;
import tv.roster.testing.Response;

/// Follows the feed of a tenant, page by page.
public final class FeedReader {
    private final ApiClient client;
    private String next;

    /// Begins at the oldest event.
    public FeedReader(ApiClient client) {
        this(client, "/events");
    }

    public FeedReader(ApiClient client, String path) {
        this.client = client;
        this.next = path;
    }

    /// Where it goes on, as a path with its query.
    public String next() {
        return next;
    }

    public Response page() {
        return page(client);
    }

    /// The same from another server.
    public Response page(ApiClient client) {
        var page = client.get(next);
        if (page.status() == 200) {
            next = path(page);
        }
        return page;
    }

    /// The path and query of the next page.
    public static String path(Response page) {
        var next = page.textAt("/links/next");
        return next.substring(next.indexOf("/events"));
    }

    /// Reads on until there are so many events, and to the end: other tests have transactions in the same PostgreSQL,
    /// for
    /// which readers wait.
    public List<JsonNode> rest(int expected) {
        var events = new ArrayList<JsonNode>();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            readTo(events);
            return events.size() >= expected;
        });
        readTo(events);
        return events;
    }

    private void readTo(List<JsonNode> events) {
        while (true) {
            var page = page();
            if (page.status() != 200) {
                throw new AssertionError(page.text());
            }
            var data = page.at("/data");
            data.forEach(events::add);
            if (data.isEmpty()) {
                return;
            }
        }
    }

    public static String kind(JsonNode event) {
        return event.at("/attributes/kind").asString();
    }

    public static List<String> kinds(List<JsonNode> events) {
        return events.stream().map(FeedReader::kind).toList();
    }

    public static List<String> changed(JsonNode event) {
        return event.at("/attributes/changed")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
