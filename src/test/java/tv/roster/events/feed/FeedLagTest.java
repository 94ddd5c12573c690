package tv.roster.events.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.testing.TestPostgres;

/// The feed waits for the oldest transaction that is open, and the metric says for how long. Other tests have
/// transactions on the same PostgreSQL, so the clock moves only while the one of the test is open.
class FeedLagTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final DatabaseAddress address = TestPostgres.newDatabase();
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, address, 1);
    private final FeedLag lag = new FeedLag(database.housekeeping(), nanoTime::get);

    @AfterEach
    void stop() {
        lag.close();
        database.close();
        loops.close();
    }

    private double secondsNow() {
        lag.look();
        return lag.seconds();
    }

    private Connection transaction() throws SQLException {
        var connection = TestPostgres.connect(address);
        connection.setAutoCommit(false);
        write(connection);
        return connection;
    }

    private void commitAnother() throws SQLException {
        try (var another = transaction()) {
            another.commit();
        }
    }

    private static void write(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_current_xact_id()");
        }
    }

    private void advance(Duration by) {
        nanoTime.addAndGet(by.toNanos());
    }

    @Test
    void itGrowsWhileATransactionIsOpenAndEndsWithIt() throws SQLException {
        try (var open = transaction()) {
            commitAnother();
            assertThat(secondsNow()).isZero();
            advance(Duration.ofSeconds(30));
            assertThat(secondsNow()).isEqualTo(30);
            advance(Duration.ofSeconds(60));
            assertThat(secondsNow()).isEqualTo(90);
            open.commit();
        }
        await().until(() -> secondsNow() == 0);
    }

    /// What later transactions write cannot be read either; what counts is the one that it waits for.
    @Test
    void itIsTheAgeOfTheOldestThatIsStillOpen() throws SQLException {
        try (var first = transaction()) {
            commitAnother();
            secondsNow();
            advance(Duration.ofSeconds(30));
            try (var second = transaction()) {
                commitAnother();
                secondsNow();
                advance(Duration.ofSeconds(30));
                assertThat(secondsNow()).isEqualTo(60);
                first.commit();
                await().until(() -> secondsNow() == 30);
                second.rollback();
            }
        }
        await().until(() -> secondsNow() == 0);
    }

    @Test
    void aTransactionThatOnlyReadsHoldsNothingUp() throws SQLException {
        try (var reader = TestPostgres.connect(address);
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("select count(*) from pg_class");
            await().until(() -> {
                lag.look();
                advance(Duration.ofSeconds(1));
                return secondsNow() == 0;
            });
        }
    }
}
