package tv.roster.webhooks.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.roster.events.feed.EventKind;
import tv.roster.events.feed.Feed;
import tv.roster.events.feed.FeedFilter;
import tv.roster.events.feed.FeedPosition;
import tv.roster.events.log.EventLine;
import tv.roster.platform.sql.Statements;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.ids.WebhookEndpointId;

/// Where an endpoint is in the feed, and how it is put back.
public record Replays(Feed feed) {
    /// Which events the words in an endpoint's `kinds` stand for.
    static FeedFilter filter(List<String> words, @Nullable UserId user) {
        return new FeedFilter(kinds(words), user);
    }

    private static @Nullable Set<EventKind> kinds(List<String> words) {
        return words.isEmpty()
                ? null
                : EventKind.union(words.stream().map(EventKind::named).toList());
    }

    /// How many events have not been delivered yet.
    public long backlog(
            Statements statements, TenantId tenant, WebhookEndpointId id, String position, List<String> kinds) {
        var behind = new HashMap<UserId, FeedPosition>();
        ProgressTable.waiting(statements, new EndpointKey(tenant, id), feed.beginning())
                .forEach(user -> behind.put(user.user(), user.after()));
        return feed.count(tenant, position(tenant, position), filter(kinds, null), behind);
    }

    private FeedPosition position(TenantId tenant, String text) {
        return FeedPosition.parse(tenant, text).orElseGet(feed::beginning);
    }

    /// Puts the endpoint back to a position. If it is not known to have come so far, to the one that it has reached:
    /// what was delivered after that and is not noted yet is delivered again as well.
    ///
    /// Returns false if there is no such endpoint.
    public boolean replay(
            Statements statements, TenantId tenant, WebhookEndpointId id, FeedPosition since, EventLine line) {
        var key = new EndpointKey(tenant, id);
        return statements.inTransaction(transaction -> {
            var noted = ProgressTable.lock(transaction, key);
            if (noted.isEmpty()) {
                return false;
            }
            var reached = position(tenant, noted.get());
            var start = reached.compareTo(since) < 0 ? reached : since;
            ProgressTable.putBack(transaction, key, start, line);
            var behind = ProgressTable.waiting(transaction, key, feed.beginning()).stream()
                    .filter(user -> user.after().compareTo(start) >= 0)
                    .map(WaitingUser::user)
                    .toList();
            ProgressTable.caughtUp(transaction, key, behind);
            return true;
        });
    }
}
