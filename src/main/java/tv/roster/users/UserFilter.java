package tv.roster.users;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tv.roster.access.KnownTenant;
import tv.roster.platform.jsonapi.Query;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.ids.UserId;
import tv.roster.values.text.Text;

/// One condition on users; several of them all have to hold, each by any of its values.
sealed interface UserFilter {
    int MOST_VALUES = 100;
    long LATEST_TIME = 253_402_300_799L;
    int MOST_DIGITS = 18;
    int FEWEST_CHARACTERS = 2;

    record Id(List<UUID> ids) implements UserFilter {}

    record External(List<String> ids) implements UserFilter {}

    /// Addresses as [MailboxKey] compares them.
    record Email(List<String> keys) implements UserFilter {}

    record Telephone(List<String> digits) implements UserFilter {}

    record State(Set<RegistrationState> states) implements UserFilter {}

    record Flags(List<String> flags) implements UserFilter {}

    /// Parts of names as [FullName#fold] leaves them.
    record NameContains(List<String> folded) implements UserFilter {}

    record CreatedSince(long epochSecond) implements UserFilter {}

    record UpdatedSince(long epochSecond) implements UserFilter {}

    /// Takes all `filter[…]` parameters; a bad value is `400`.
    static List<UserFilter> of(Query query, KnownTenant tenant) {
        var filters = new ArrayList<UserFilter>();
        var ids = query.takeList("filter[id]", MOST_VALUES, UserId::parse);
        if (ids != null) {
            filters.add(new Id(
                    ids.stream().flatMap(Optional::stream).map(UserId::value).toList()));
        }
        add(filters, query.takeList("filter[external_id]", MOST_VALUES, text -> text), External::new);
        add(filters, query.takeList("filter[email]", MOST_VALUES, MailboxKey::of), Email::new);
        add(filters, query.takeList("filter[telephone_number]", MOST_VALUES, UserFilter::digits), Telephone::new);
        add(
                filters,
                query.takeList("filter[registration_state]", MOST_VALUES, RegistrationState::parse),
                states -> new State(Set.copyOf(states)));
        add(filters, query.takeList("filter[user_flags]", MOST_VALUES, text -> flag(text, tenant)), Flags::new);
        add(filters, query.takeList("filter[name]", MOST_VALUES, UserFilter::folded), NameContains::new);
        add(
                filters,
                query.takeList("filter[created_since]", MOST_VALUES, UserFilter::time),
                times -> new CreatedSince(
                        times.stream().collect(Collectors.minBy(Long::compare)).orElseThrow()));
        add(
                filters,
                query.takeList("filter[updated_since]", MOST_VALUES, UserFilter::time),
                times -> new UpdatedSince(
                        times.stream().collect(Collectors.minBy(Long::compare)).orElseThrow()));
        return List.copyOf(filters);
    }

    /// Whether each value meets one user at the most, by a unique index.
    default boolean meetsOneEach() {
        return this instanceof Id || this instanceof External || this instanceof Email;
    }

    /// What to ask for instead of a list by these filters that took PostgreSQL too long.
    static Refusal tooExpensive(List<UserFilter> filters, boolean withTotal) {
        if (filters.stream().anyMatch(NameContains.class::isInstance)) {
            return tooExpensive(
                    "filter[name]",
                    "search for fewer names, or for longer parts of them: those of 3 characters and more have an index"
                            + (withTotal ? "; and leave out page[total]" : ""));
        }
        return withTotal
                ? tooExpensive("page[total]", "leave out page[total], or narrow the list with another filter")
                : tooExpensive("sort", "leave out sort, narrow the list with another filter, or ask for fewer users");
    }

    private static Refusal tooExpensive(String parameter, String advice) {
        return new Refusal(
                ErrorCode.TOO_EXPENSIVE,
                "This list takes longer than a list may: " + advice + ".",
                Source.parameter(parameter));
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
            throw new InvalidValue("The tenant's catalogue does not have this flag.");
        }
        return text;
    }

    private static String folded(String text) {
        if (Text.isLongerThan(text, FullName.LONGEST)) {
            throw new InvalidValue("Search for at most " + FullName.LONGEST + " characters, as many as a name has.");
        }
        var folded = FullName.fold(text);
        // What is cast off counts for nothing, and what becomes two (ß) was one.
        if (Text.characters(text) < FEWEST_CHARACTERS || Text.characters(folded) < FEWEST_CHARACTERS) {
            throw new InvalidValue("Search for at least " + FEWEST_CHARACTERS
                    + " characters; accents, and what cannot be seen, are not counted.");
        }
        return folded;
    }

    private static long time(String text) {
        boolean isWhole = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
        if (!isWhole || Long.parseLong(text) > LATEST_TIME) {
            throw new InvalidValue("A time is given in whole epoch seconds.");
        }
        return Long.parseLong(text);
    }
}
