package tv.roster.webhooks;

import java.util.List;
import java.util.Optional;
import tv.roster.platform.secrets.Seal;
import tv.roster.values.ids.WebhookEndpointId;
import tv.roster.webhooks.signatures.SigningSecret;

/// Encrypts the secrets of endpoints for the database.
record WebhookSecrets(Seal seal) {
    byte[] sealed(SigningSecret secret, WebhookEndpointId id) {
        return seal.seal(secret.bytes(), row(id));
    }

    /// Those that can be opened, which are not all if a secret of the installation was removed.
    List<SigningSecret> open(List<byte[]> sealed, WebhookEndpointId id) {
        return sealed.stream()
                .map(one -> seal.open(one, row(id)))
                .flatMap(Optional::stream)
                .map(SigningSecret::of)
                .toList();
    }

    private static String row(WebhookEndpointId id) {
        return "webhook_endpoint " + id;
    }
}
