package tv.roster.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.ids.TenantId;
import tv.roster.languages.Language;

/// A mail that is to be sent: one link for one subscriber.
///
/// @param senderName     the tenant's name as its subscribers know it
/// @param senderAddress  the tenant's own address to send from; null: the installation's
/// @param link           the whole address with its token: a secret
public record Mail(
        TenantId tenant,
        UUID id,
        MailKind kind,
        String recipient,
        Language language,
        String senderName,
        @Nullable String senderAddress,
        String link,
        Instant created,
        Instant expires,
        int attempt) {
    @Override
    public String toString() {
        return "Mail[" + id + "]";
    }
}
