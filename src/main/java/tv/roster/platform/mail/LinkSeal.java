package tv.roster.platform.mail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.secrets.Seal;

/// Encrypts the tokens of links while they are in the queue, each bound to its mail's id.
public final class LinkSeal {
    private final Seal seal;

    public LinkSeal(Keys keys) {
        this.seal = new Seal(keys);
    }

    public byte[] seal(String token, UUID mail) {
        return seal.seal(token.getBytes(StandardCharsets.UTF_8), mail.toString());
    }

    /// The token; empty if the secret that sealed it has been removed. Mails queued by an earlier version contain
    /// the complete link, of which only the token is used.
    Optional<String> open(byte[] sealed, UUID mail) {
        return seal.open(sealed, mail.toString())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .map(text -> text.substring(text.lastIndexOf('=') + 1));
    }
}
