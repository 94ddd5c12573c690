package tv.roster.users.v4;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.jsonapi.QueryTimes;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.users.lists.SearchText;
import tv.roster.users.lists.UserFilter;
import tv.roster.users.values.FullName;
import tv.roster.users.values.RegistrationState;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.ids.UserId;
import tv.roster.values.text.Text;

/// Reads the filters of a list of users from its query.
public final class UserFilterReader {
    private static final int MOST_VALUES = 100;
    private static final int FEWEST_CHARACTERS = 2;

    private UserFilterReader() {}

    /// Takes all `filter[…]` parameters; a bad value is `400`.
    public static List<UserFilter> read(Query query, KnownTenant tenant) {
        var filters = new ArrayList<UserFilter>();
        var ids = query.takeList("filter[id]", MOST_VALUES, UserId::parse);
        if (ids != null) {
            filters.add(new UserFilter.Id(
                    ids.stream().flatMap(Optional::stream).map(UserId::value).toList()));
        }
        add(filters, query.takeList("filter[external_id]", MOST_VALUES, text -> text), UserFilter.External::new);
        add(filters, query.takeList("filter[email]", MOST_VALUES, MailboxKey::of), UserFilter.Email::new);
        add(
                filters,
                query.takeList("filter[telephone_number]", MOST_VALUES, UserFilterReader::digits),
                UserFilter.Telephone::new);
        add(
                filters,
                query.takeList("filter[registration_state]", MOST_VALUES, RegistrationState::parse),
                states -> new UserFilter.State(Set.copyOf(states)));
        add(
                filters,
                query.takeList("filter[user_flags]", MOST_VALUES, text -> flag(text, tenant)),
                UserFilter.Flags::new);
        add(
                filters,
                query.takeList("filter[name]", MOST_VALUES, UserFilterReader::folded),
                UserFilter.NameContains::new);
        // One text as a person types it, in which commas and backslashes stand for themselves.
        var search = query.take("filter[search]", SearchText::parse);
        if (search != null) {
            filters.add(new UserFilter.Search(search, true));
        }
        add(
                filters,
                query.takeList("filter[created_since]", MOST_VALUES, QueryTimes::seconds),
                times -> new UserFilter.CreatedSince(
                        times.stream().collect(Collectors.minBy(Long::compare)).orElseThrow()));
        add(
                filters,
                query.takeList("filter[updated_since]", MOST_VALUES, QueryTimes::seconds),
                times -> new UserFilter.UpdatedSince(
                        times.stream().collect(Collectors.minBy(Long::compare)).orElseThrow()));
        return List.copyOf(filters);
    }

    private static <T> void add(
            List<UserFilter> filters, @Nullable List<T> values, Function<List<T>, UserFilter> filter) {
        if (values != null) {
            filters.add(filter.apply(values));
        }
    }

    private static String digits(String text) {
        return text.replaceAll("[+ ]", "");
    }

    private static String flag(String text, KnownTenant tenant) {
        if (!tenant.hasFlag(text)) {
            throw new InvalidValue(tenant.withoutFlag());
        }
        return text;
    }

    private static String folded(String text) {
        if (Text.isLongerThan(text, FullName.LONGEST)) {
            throw new InvalidValue("Search for at most " + FullName.LONGEST + " characters, as many as a name has.");
        }
        var folded = FullName.fold(text);
        // Removed characters do not count, and a character that becomes two (ß) counts once.
        if (Text.characters(text) < FEWEST_CHARACTERS || Text.characters(folded) < FEWEST_CHARACTERS) {
            throw new InvalidValue("Search for at least " + FEWEST_CHARACTERS
                    + " characters; accents, and what cannot be seen, are not counted.");
        }
        return folded;
    }
}
