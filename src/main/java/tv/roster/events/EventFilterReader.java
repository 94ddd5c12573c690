package tv.roster.events;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.ids.AgentId;
import tv.roster.values.ids.ApiKeyId;
import tv.roster.values.ids.Ids;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;

/// Reads the filters of the audit log from a query.
final class EventFilterReader {
    private static final int MOST_VALUES = 100;
    private static final Pattern KIND = Pattern.compile("[a-z_]+(\\.[a-z_]+)+");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private EventFilterReader() {}

    /// Takes the filters from the query; `filter[until]` is inclusive, like `filter[since]`.
    static EventFilter read(Query query) {
        var kinds = query.takeList("filter[kind]", MOST_VALUES, EventFilterReader::kind);
        var since = query.take("filter[since]", EventFilterReader::seconds);
        var until = query.take("filter[until]", EventFilterReader::seconds);
        return new EventFilter(
                ids(
                        query,
                        "filter[tenant]",
                        text -> TenantId.parse(text).map(TenantId::value).orElse(null)),
                ids(
                        query,
                        "filter[user]",
                        text -> UserId.parse(text).map(UserId::value).orElse(null)),
                ids(
                        query,
                        "filter[key]",
                        text -> ApiKeyId.parse(text).map(ApiKeyId::value).orElse(null)),
                ids(
                        query,
                        "filter[agent]",
                        text -> AgentId.parse(text).map(AgentId::value).orElse(null)),
                kinds == null ? null : kinds.toArray(String[]::new),
                since == null ? null : Ids.firstOf(since),
                until == null ? null : Ids.firstOf(until + 1));
    }

    private static UUID @Nullable [] ids(Query query, String parameter, Function<String, @Nullable UUID> parse) {
        List<UUID> ids = query.takeList(parameter, MOST_VALUES, text -> {
            var id = parse.apply(text);
            if (id == null) {
                throw new InvalidValue("This is not an id; an id is a UUID.");
            }
            return id;
        });
        return ids == null ? null : ids.toArray(UUID[]::new);
    }

    private static String kind(String text) {
        if (!KIND.matcher(text).matches()) {
            throw new InvalidValue("A kind is written like user.created or api_key.rotated.");
        }
        return text;
    }

    private static Long seconds(String text) {
        if (!SECONDS.matcher(text).matches()) {
            throw new InvalidValue("This is a time in seconds since 1970.");
        }
        return Long.valueOf(text);
    }
}
