package tv.roster.agents.signin;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.roster.platform.background.RepeatedTask;
import tv.roster.platform.sql.Statements;

/// Encrypts the secrets of second factors again after the installation's secret was rotated: they are needed for longer
/// than its former generations are kept. Any node may do it.
public final class SecondFactorRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecondFactorRenewal.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Statements database;
    private final SecondFactors factors;
    private final RepeatedTask task = new RepeatedTask(
            "second-factors", this::renew, LOG, "Secrets of second factors could not be encrypted again");

    public SecondFactorRenewal(Statements database, SecondFactors factors) {
        this.database = database;
        this.factors = factors;
    }

    public SecondFactorRenewal start() {
        task.every(PAUSE);
        return this;
    }

    /// Encrypts those again that were not encrypted with the newest key.
    public void renew() {
        for (var stored : SecondFactorsTable.all(database)) {
            factors.renewed(stored.sealed(), stored.agent())
                    .ifPresent(renewed -> SecondFactorsTable.replace(database, stored, renewed));
        }
    }

    @Override
    public void close() {
        task.close();
    }
}
