package tv.roster;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tv.roster.database.DatabaseAddress;
import tv.roster.database.EmbeddedPostgres;

/// The server: every part made and put together, in reading order.
public final class Application implements AutoCloseable {
    private final @Nullable EmbeddedPostgres embedded;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Application(@Nullable EmbeddedPostgres embedded) {
        this.embedded = embedded;
    }

    /// Starts everything and returns when requests are served.
    public static Application start(Settings settings) {
        EmbeddedPostgres embedded = settings.database().isPresent()
                ? null
                : EmbeddedPostgres.start(settings.dataFolder(), EmbeddedPostgres.Options.DURABLE);
        DatabaseAddress address = embedded == null ? settings.database().orElseThrow() : embedded.address();
        System.out.println("PostgreSQL: " + address.jdbcUrl());
        return new Application(embedded);
    }

    /// Drains what is under way, then stops everything.
    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
        closed.countDown();
    }

    /// Waits until it is closed.
    public void awaitShutdown() throws InterruptedException {
        closed.await();
    }
}
