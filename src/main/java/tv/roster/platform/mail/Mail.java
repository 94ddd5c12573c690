package tv.roster.platform.mail;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.ids.TenantId;
import tv.roster.values.languages.Language;

/// A mail that is to be sent: one link for one subscriber.
///
/// @param senderName     the tenant's name as its subscribers know it
/// @param senderAddress  the tenant's own address to send from; null: the installation's
/// @param token          what makes its link: a secret; null where it can no longer be read
/// @param good           whether its link still is; there is no sense in sending one that has ended
public record Mail(
        TenantId tenant,
        UUID id,
        MailKind kind,
        String recipient,
        Language language,
        String senderName,
        @Nullable String senderAddress,
        @Nullable String token,
        boolean good,
        Instant created,
        Instant expires,
        int attempt) {
    /// The link, on pages whose addresses begin with `base`.
    String link(String base) {
        return kind.link(base, Objects.requireNonNull(token));
    }

    @Override
    public String toString() {
        return "Mail[" + id + "]";
    }
}
