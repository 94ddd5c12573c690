package tv.roster.credentials;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tv.roster.domains.MailboxKey;
import tv.roster.jsonapi.InvalidValue;
import tv.roster.jsonapi.Text;

/// What somebody logs in by. It need not be anybody's, nor have the form of an address or an id.
sealed interface LoginName {
    /// An e-mail address, as [MailboxKey] compares it.
    record Email(String key) implements LoginName {}

    /// The BSS's own id, byte for byte.
    record ExternalId(String value) implements LoginName {}

    /// Throws [InvalidValue] for what no text may have.
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

    /// Stands for the name where nobody has it, so that its wrong passwords are counted as those of a user are.
    default UUID asSubject() {
        var text = switch (this) {
            case Email(String key) -> "email " + key;
            case ExternalId(String value) -> "external_id " + value;
        };
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
