package tv.roster.platform.database.schema;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// While a migration waits for a lock, all calls that need the table wait behind it. So it gives up soon, and is
/// attempted again. But it waits longer than PostgreSQL's `deadlock_timeout`, a second by default: only after that does
/// an autovacuum of the table make room, which would otherwise hold up the migration for as long as it takes.
final class LockTimeout implements Callback {
    private static final String SET = "set lock_timeout = '2s'";

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_CONNECT;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute(SET);
        } catch (SQLException failure) {
            throw new FlywayException(SqlWords.of(failure), failure);
        }
    }

    @Override
    public String getCallbackName() {
        return "lock timeout";
    }
}
