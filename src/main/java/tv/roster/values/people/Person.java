package tv.roster.values.people;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.telephony.InternationalNotation;

/// A user together with every value by which it can be recognised in what other features store, former values
/// included: an import file may contain an address that the user had a year ago. There may be many: of a user that was
/// changed a hundred thousand times.
public final class Person {
    /// With more, a database does not compare each of its rows with each of them.
    private static final int FEW = 50;

    /// Shorter names are words of sentences.
    private static final int SHORTEST_NAME = 4;

    private final TenantId tenant;
    private final UserId user;
    private final Collection<Values> values;
    private final Set<String> externalIds;
    private final Set<String> emails;
    private final Set<String> emailKeys;
    private final Set<String> telephoneDigits;
    private final Set<String> texts;
    private final Words words;

    /// Values that a user had at the same time.
    public record Values(
            @Nullable String externalId,
            @Nullable String email,
            @Nullable String telephone,
            @Nullable String name) {
        private Values without(Set<String> externalIds, Set<String> emailKeys) {
            boolean hasOtherId = externalId != null && externalIds.contains(externalId);
            boolean hasOtherEmail = email != null && emailKeys.contains(MailboxKey.of(email));
            return new Values(hasOtherId ? null : externalId, hasOtherEmail ? null : email, telephone, name);
        }

        /// Without the values, since texts of objects get into logs.
        @Override
        public String toString() {
            return "Values";
        }
    }

    private Person(TenantId tenant, UserId user, Collection<Values> values) {
        this.tenant = tenant;
        this.user = user;
        this.values = List.copyOf(values);
        externalIds = all(values, Values::externalId);
        emails = all(values, Values::email);
        emailKeys = emails.stream().map(MailboxKey::of).collect(Collectors.toUnmodifiableSet());
        var telephones = all(values, Values::telephone);
        telephoneDigits =
                telephones.stream().map(InternationalNotation::digits).collect(Collectors.toUnmodifiableSet());
        var names = all(values, Values::name).stream().filter(name -> name.length() >= SHORTEST_NAME);
        texts = Stream.of(
                        Stream.of(user.toString()),
                        externalIds.stream(),
                        emails.stream(),
                        emailKeys.stream(),
                        telephones.stream(),
                        telephoneDigits.stream(),
                        names)
                .flatMap(each -> each)
                .collect(Collectors.toUnmodifiableSet());
        words = new Words(texts);
    }

    private static Set<String> all(Collection<Values> values, Function<Values, @Nullable String> which) {
        return values.stream()
                .map(which)
                .filter(Objects::nonNull)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    public static Person of(TenantId tenant, UserId user, Collection<Values> values) {
        return new Person(tenant, user, values);
    }

    /// The same person without these external ids, and addresses with these keys.
    public Person without(Set<String> otherIds, Set<String> otherEmailKeys) {
        return otherIds.isEmpty() && otherEmailKeys.isEmpty()
                ? this
                : new Person(
                        tenant,
                        user,
                        values.stream()
                                .map(each -> each.without(otherIds, otherEmailKeys))
                                .toList());
    }

    public TenantId tenant() {
        return tenant;
    }

    public UserId user() {
        return user;
    }

    public Set<String> externalIds() {
        return externalIds;
    }

    /// The addresses as they were written; [#emailKeys] are compared.
    public Set<String> emails() {
        return emails;
    }

    /// The keys by which e-mail addresses are compared.
    public Set<String> emailKeys() {
        return emailKeys;
    }

    /// The digits by which telephone numbers are compared.
    public Set<String> telephoneDigits() {
        return telephoneDigits;
    }

    /// Whether an object with this id and these values is about the person. Names are not compared, since many people
    /// have the same.
    public boolean is(
            @Nullable UUID id, @Nullable String externalId, @Nullable String email, @Nullable String telephone) {
        return user.value().equals(id)
                || (externalId != null && externalIds.contains(externalId))
                || (email != null && email.indexOf('@') > 0 && emailKeys.contains(MailboxKey.of(email)))
                || (telephone != null && telephoneDigits.contains(InternationalNotation.digits(telephone)));
    }

    /// Whether a text contains a value of the person, in any case and not as a part of a longer word: the id, the
    /// values, and names that are not short.
    public boolean isNamedIn(String text) {
        return words.areIn(text);
    }

    /// What any text in which the person [#isNamedIn] contains, in lower case as JSON has it, for a database to
    /// find those texts; empty if there are too many. With letters that are not in ASCII, there are two of a value:
    /// a database may not change these.
    public Optional<List<String>> fewWords() {
        return texts.size() > FEW
                ? Optional.empty()
                : Optional.of(texts.stream()
                        .flatMap(text -> Stream.of(text.toLowerCase(Locale.ROOT), withAsciiInLowerCase(text)))
                        .map(text -> text.replace("\\", "\\\\").replace("\"", "\\\""))
                        .distinct()
                        .toList());
    }

    private static String withAsciiInLowerCase(String text) {
        return text.codePoints()
                .map(character -> character < 0x80 ? Character.toLowerCase(character) : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Without the values, since texts of objects get into logs.
    @Override
    public String toString() {
        return "Person[tenant=" + tenant + ", user=" + user + "]";
    }
}
