package tv.roster.users.lists;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.platform.problems.Source;
import tv.roster.users.values.RegistrationState;

/// A condition on users. If there are several, all must hold, each for any of its values.
public sealed interface UserFilter {
    record Id(List<UUID> ids) implements UserFilter {}

    record External(List<String> ids) implements UserFilter {}

    /// Addresses as [MailboxKey] compares them.
    record Email(List<String> keys) implements UserFilter {}

    record Telephone(List<String> digits) implements UserFilter {}

    record State(Set<RegistrationState> states) implements UserFilter {}

    record Flags(List<String> flags) implements UserFilter {}

    /// Parts of names in the form of [FullName#fold].
    record NameContains(List<String> folded) implements UserFilter {}

    /// What a person types.
    ///
    /// @param indexed whether indexes may be used, which contain the users of all tenants
    record Search(SearchText text, boolean indexed) implements UserFilter {
        Search withoutIndexes() {
            return new Search(text, false);
        }
    }

    record CreatedSince(long epochSecond) implements UserFilter {}

    record UpdatedSince(long epochSecond) implements UserFilter {}

    /// Whether each value matches at most one user, by a unique index.
    default boolean meetsOneEach() {
        return this instanceof Id || this instanceof External || this instanceof Email;
    }

    /// Suggests what to request instead of a list with these filters, which took PostgreSQL too long.
    static Refusal tooExpensive(List<UserFilter> filters, boolean withTotal) {
        if (filters.stream().anyMatch(Search.class::isInstance)) {
            return tooExpensive(
                    "filter[search]",
                    "search for a longer part, or for an e-mail address or id with filter[email], filter[external_id] or"
                            + " filter[id]" + (withTotal ? "; and leave out page[total]" : ""));
        }
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
                "This list exceeds the time limit for lists: " + advice + ".",
                Source.parameter(parameter));
    }
}
