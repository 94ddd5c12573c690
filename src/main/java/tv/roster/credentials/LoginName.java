package tv.roster.credentials;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import tv.roster.platform.problems.InvalidValue;
import tv.roster.values.domains.MailboxKey;
import tv.roster.values.people.Person;
import tv.roster.values.text.Text;

/// The name of a login. It need not belong to a user, or have the form of an address or an id.
sealed interface LoginName {
    /// An e-mail address, as [MailboxKey] compares it.
    record Email(String key) implements LoginName {}

    /// The BSS's own id, byte for byte.
    record ExternalId(String value) implements LoginName {}

    /// Throws [InvalidValue] for characters that no text may contain.
    static LoginName email(String text) {
        return new Email(MailboxKey.of(checked(text)));
    }

    static LoginName externalId(String text) {
        return new ExternalId(checked(text));
    }

    private static String checked(String text) {
        if (text.isEmpty()) {
            throw new InvalidValue("This must not be empty.");
        }
        Text.refuseControlCharacters(text);
        return text;
    }

    /// All names by which a person may have tried to log in.
    static Stream<LoginName> of(Person person) {
        return Stream.concat(
                person.emailKeys().stream().map(Email::new),
                person.externalIds().stream().map(ExternalId::new));
    }

    /// Represents the name if no user has it, so that its wrong passwords are counted like those of a user.
    default UUID asSubject() {
        var text = switch (this) {
            case Email(String key) -> "email " + key;
            case ExternalId(String value) -> "external_id " + value;
        };
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
