package tv.roster.webhooks.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.sql.Statements;
import tv.roster.webhooks.signatures.WebhookSecrets;

/// Encrypts the secrets of endpoints again after the installation's secret was rotated: they are needed for longer than
/// its former generations are kept. Any node may do it.
public final class SecretRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecretRenewal.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Statements database;
    private final WebhookSecrets secrets;
    private final RepeatedTask task =
            new RepeatedTask("webhook-secrets", this::renew, LOG, "Secrets of webhooks could not be encrypted again");

    public SecretRenewal(Statements database, WebhookSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    public SecretRenewal start() {
        task.every(PAUSE);
        return this;
    }

    /// Encrypts those again that were not encrypted with the newest key.
    public void renew() {
        for (var stored : SealedSecretsTable.all(database)) {
            var current = renewed(stored, stored.current());
            var former = renewed(stored, stored.former());
            if (current != null || former != null) {
                SealedSecretsTable.replace(
                        database,
                        stored,
                        current == null ? stored.current() : current,
                        former == null ? stored.former() : former);
            }
        }
    }

    /// Null for what may stay as it is, or cannot be opened any more.
    private byte @Nullable [] renewed(SealedSecretsTable.Stored stored, byte @Nullable [] sealed) {
        return sealed == null
                ? null
                : secrets.renewed(sealed, stored.key().id()).orElse(null);
    }

    @Override
    public void close() {
        task.close();
    }
}
