package tv.roster.platform.mail;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.values.brands.BrandColor;
import tv.roster.values.ids.TenantId;
import tv.roster.values.languages.Language;

/// A mail to be sent: one link for one subscriber.
///
/// @param name          the subscriber's name, if there is one
/// @param senderName    the tenant's name as its subscribers know it
/// @param senderAddress the tenant's own sender address; null for that of the installation
/// @param color         the tenant's colour; null for that of Roster
/// @param token         the token of its link, a secret; null if it can no longer be decrypted
/// @param good          whether its link is still valid; otherwise the mail is not sent
public record Mail(
        TenantId tenant,
        UUID id,
        MailKind kind,
        String recipient,
        @Nullable String name,
        Language language,
        String senderName,
        @Nullable String senderAddress,
        @Nullable BrandColor color,
        @Nullable String token,
        boolean good,
        Instant created,
        Instant expires,
        int attempt) {
    /// The link; `base` is the beginning of the pages' addresses.
    String link(String base) {
        return kind.link(base, Objects.requireNonNull(token));
    }

    @Override
    public String toString() {
        return "Mail[" + id + "]";
    }
}
