package tv.roster.installation;

import java.time.Duration;
import tv.roster.access.Caller;
import tv.roster.events.AdminAuthors;
import tv.roster.platform.database.Database;
import tv.roster.platform.http.Request;
import tv.roster.platform.problems.ErrorCode;
import tv.roster.platform.problems.Refusal;

/// The rules of rotating the installation's secret.
public final class SecretRotations {
    /// How long a new generation only opens. Nodes read every half a second; one that was cut off reads again before it
    /// refuses anything.
    static final Duration UNTIL_EVERY_NODE_KNOWS = Duration.ofSeconds(60);

    private final Database database;
    private final InstallationSecrets secrets;
    private final AdminAuthors authors;

    public SecretRotations(Database database, InstallationSecrets secrets, AdminAuthors authors) {
        this.database = database;
        this.secrets = secrets;
        this.authors = authors;
    }

    Generations generations() {
        return InstallationSecretsTable.all(database);
    }

    /// Epoch seconds.
    long now() {
        return authors.clock().instant().getEpochSecond();
    }

    /// Makes a new generation, and returns all. The former ones go on opening for `overlapSeconds` after it has begun
    /// to seal; with 0 it
    /// seals at once, and they are gone.
    Generations rotate(Caller caller, Request request, long overlapSeconds) {
        var author = authors.of(caller, request);
        var secret = InstallationSecret.random();
        long wait = overlapSeconds == 0 ? 0 : UNTIL_EVERY_NODE_KNOWS.toSeconds();
        var all = database.inTransaction(transaction -> {
            if (!InstallationSecretsTable.rotate(
                    transaction, secret, author.epochSecond() + wait, overlapSeconds, author)) {
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
