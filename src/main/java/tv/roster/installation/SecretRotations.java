package tv.roster.installation;

import java.time.Duration;
import tv.roster.events.log.EventLines;
import tv.roster.platform.database.Database;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;
import tv.roster.work.Author;

/// The rules for rotating the installation's secret.
public final class SecretRotations {
    /// How long a new generation only opens. Nodes read twice a second; a node that was cut off reads again before
    /// it rejects anything.
    static final Duration UNTIL_EVERY_NODE_KNOWS = Duration.ofSeconds(60);

    private final Database database;
    private final InstallationSecrets secrets;
    private final EventLines lines;

    public SecretRotations(Database database, InstallationSecrets secrets, EventLines lines) {
        this.database = database;
        this.secrets = secrets;
        this.lines = lines;
    }

    Generations generations() {
        return InstallationSecretsTable.all(database);
    }

    /// Epoch seconds.
    long now() {
        return lines.clock().instant().getEpochSecond();
    }

    /// Creates a new generation, and returns all. The former ones continue to open for `overlapSeconds` after it
    /// has begun to seal; with 0, it seals immediately and the former ones are removed.
    Generations rotate(Author author, long overlapSeconds) {
        var line = lines.next(author);
        var secret = InstallationSecret.random();
        long wait = overlapSeconds == 0 ? 0 : UNTIL_EVERY_NODE_KNOWS.toSeconds();
        var all = database.inTransaction(transaction -> {
            if (!InstallationSecretsTable.rotate(
                    transaction, secret, line.epochSecond() + wait, overlapSeconds, line)) {
                throw pending();
            }
            return InstallationSecretsTable.all(transaction);
        });
        secrets.know(all);
        return all;
    }

    private static Refusal pending() {
        return new Refusal(
                ErrorCode.ROTATION_PENDING,
                "The newest secret is not in use yet; it will be " + UNTIL_EVERY_NODE_KNOWS.toSeconds()
                        + " s after it was created. A rotation with an overlap of 0 does not wait.");
    }
}
