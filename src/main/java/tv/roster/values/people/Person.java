package tv.roster.values.people;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.telephony.InternationalNotation;

/// A user together with every value by which it can be recognised in what other features store, former values
/// included: an import file may contain an address that the user had a year ago.
///
/// @param emails     as they were written; [#emailKeys] are compared
/// @param telephones as they were written; [#telephoneDigits] are compared
public record Person(
        TenantId tenant,
        UserId user,
        Set<String> externalIds,
        Set<String> emails,
        Set<String> telephones,
        Set<String> names) {
    public Person {
        externalIds = Set.copyOf(externalIds);
        emails = Set.copyOf(emails);
        telephones = Set.copyOf(telephones);
        names = Set.copyOf(names);
    }

    /// A user of which no value is known.
    public static Person of(TenantId tenant, UserId user) {
        return new Person(tenant, user, Set.of(), Set.of(), Set.of(), Set.of());
    }

    /// The same person, known by these values as well, each of which may be null.
    public Person andBy(
            @Nullable String externalId, @Nullable String email, @Nullable String telephone, @Nullable String name) {
        return new Person(
                tenant,
                user,
                with(externalIds, externalId),
                with(emails, email),
                with(telephones, telephone),
                with(names, name));
    }

    private static Set<String> with(Set<String> known, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return known;
        }
        var all = new TreeSet<>(known);
        all.add(value);
        return all;
    }

    /// The keys by which e-mail addresses are compared.
    public Set<String> emailKeys() {
        return emails.stream().map(MailboxKey::of).collect(Collectors.toSet());
    }

    /// The digits by which telephone numbers are compared.
    public Set<String> telephoneDigits() {
        return telephones.stream().map(InternationalNotation::digits).collect(Collectors.toSet());
    }

    /// Whether an object with this id and these values is about the person. Names are not compared, since many people
    /// have the same.
    public boolean is(
            @Nullable UUID id, @Nullable String externalId, @Nullable String email, @Nullable String telephone) {
        return user.value().equals(id)
                || (externalId != null && externalIds.contains(externalId))
                || (email != null && emailKeys().contains(MailboxKey.of(email)))
                || (telephone != null && telephoneDigits().contains(InternationalNotation.digits(telephone)));
    }

    /// All values in lower case, the user's id, the keys and the digits included, longest first: what to look for
    /// in texts in lower case. Twice if they have other letters than those of ASCII, which a database may not
    /// change.
    public List<String> words() {
        return Stream.of(
                        Stream.of(user.toString()),
                        externalIds.stream(),
                        emails.stream(),
                        emailKeys().stream(),
                        telephones.stream(),
                        telephoneDigits().stream(),
                        names.stream())
                .flatMap(each -> each)
                .flatMap(word -> Stream.of(word.toLowerCase(Locale.ROOT), withAsciiInLowerCase(word)))
                .distinct()
                .sorted((one, other) -> other.length() - one.length())
                .toList();
    }

    private static String withAsciiInLowerCase(String word) {
        return word.codePoints()
                .map(character -> character < 0x80 ? Character.toLowerCase(character) : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The [#words] as JSON has them.
    public Stream<String> wordsInJson() {
        return words().stream().map(word -> word.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /// Whether a text contains one of the [#words] in any case.
    public boolean isNamedIn(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return words().stream().anyMatch(lower::contains);
    }

    /// Without the values, since texts of objects get into logs.
    @Override
    public String toString() {
        return "Person[tenant=" + tenant + ", user=" + user + "]";
    }
}
