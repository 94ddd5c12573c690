package tv.roster.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tv.roster.platform.secrets.Keys;
import tv.roster.platform.secrets.Seal;
import tv.roster.values.ids.WebhookEndpointId;
import tv.roster.webhooks.signatures.SigningSecret;
import tv.roster.webhooks.signatures.WebhookSecrets;

class SecretRenewalTest {
    private static final byte[] OLD = Base64.getDecoder().decode("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    private static final byte[] NEW = Base64.getDecoder().decode("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");

    private final WebhookEndpointId id = new WebhookEndpointId(new UUID(1, 2));
    private final WebhookSecrets before = new WebhookSecrets(new Seal(Keys.of(OLD)));
    private final WebhookSecrets during = new WebhookSecrets(new Seal(Keys.of(NEW, OLD)));
    private final WebhookSecrets after = new WebhookSecrets(new Seal(Keys.of(NEW)));

    @Test
    void aSecretOutlivesTheKeyThatEncryptedIt() {
        var secret = SigningSecret.random();
        var sealed = before.sealed(secret, id);
        var renewed = during.renewed(sealed, id).orElseThrow();
        assertThat(after.open(List.of(renewed), id))
                .singleElement()
                .satisfies(one -> assertThat(one.reveal()).isEqualTo(secret.reveal()));
        assertThat(during.renewed(renewed, id)).isEmpty();
        assertThat(after.open(List.of(sealed), id)).isEmpty();
        assertThat(after.renewed(sealed, id)).isEmpty();
    }
}
