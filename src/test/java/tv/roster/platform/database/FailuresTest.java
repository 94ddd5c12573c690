package tv.roster.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.eventloop.EventLoops;

class FailuresTest {
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, TestServer.shared().database(), 2);

    @AfterEach
    void close() {
        database.close();
        loops.close();
    }

    private String logged(String sql, Object... parameters) {
        var thrown = catchThrowable(() -> database.query(sql, parameters));
        assertThat(thrown).isInstanceOf(IllegalStateException.class);
        return ThrowableProxyUtil.asString(new ThrowableProxy(thrown));
    }

    /// PostgreSQL's message for such a failure quotes the value: `invalid input syntax for type bigint: "anna..."`.
    @Test
    void whatIsLoggedOfAWrongValueDoesNotQuoteIt() {
        assertThat(logged("select $1::text::bigint", "anna@example.org"))
                .contains("PostgreSQL says 22P02")
                .doesNotContain("anna");
    }

    @Test
    void whatIsLoggedOfAWrongStatementSaysWhatIsWrong() {
        assertThat(logged("select no_such_column from roster_user"))
                .contains("PostgreSQL says 42703", "no_such_column");
    }
}
