package tv.roster.webhooks.signatures;

import java.util.List;
import java.util.Optional;
import tv.roster.platform.secrets.Seal;
import tv.roster.values.ids.WebhookEndpointId;

/// Encrypts the secrets of endpoints for the database.
public record WebhookSecrets(Seal seal) {
    public byte[] sealed(SigningSecret secret, WebhookEndpointId id) {
        return seal.seal(secret.bytes(), row(id));
    }

    /// Those that can be opened, which are not all if a secret of the installation was removed.
    public List<SigningSecret> open(List<byte[]> sealed, WebhookEndpointId id) {
        return sealed.stream()
                .map(one -> seal.open(one, row(id)))
                .flatMap(Optional::stream)
                .map(SigningSecret::of)
                .toList();
    }

    /// The same encrypted with the newest key of the installation; empty if it is, or if it cannot be opened.
    public Optional<byte[]> renewed(byte[] sealed, WebhookEndpointId id) {
        return seal.renewed(sealed, row(id));
    }

    private static String row(WebhookEndpointId id) {
        return "webhook_endpoint " + id;
    }
}
