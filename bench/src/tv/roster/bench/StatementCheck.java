package tv.roster.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// Executes each pgbench statement once before it is measured: one that found no rows would be fast, and its result
/// meaningless.
final class StatementCheck {
    private StatementCheck() {}

    static void run(Stage stage) throws IOException, SQLException {
        for (var workload : stage.options().workloads()) {
            long run = Bench.nextRun();
            if (workload.needsVictims()) {
                stage.addVictims(1, run);
            }
            try (var connection = stage.cluster().connect()) {
                check(connection, workload, stage.script(workload, run));
            }
        }
        stage.cleanUp();
    }

    /// Executes the statement for the first user, and rolls it back.
    static void check(Connection connection, Workload workload, PgBenchScript script) throws SQLException {
        var drawn = Map.of("k", Numbers.FIRST_KEY, "o", Numbers.FIRST_KEY, "a", 4_071_829L);
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            int rows = 0;
            if (statement.execute(script.plain(drawn))) {
                try (var result = statement.getResultSet()) {
                    while (result.next()) {
                        rows++;
                    }
                }
            } else {
                rows = statement.getUpdateCount();
            }
            if (rows < 1 || (workload.isList() && rows < workload.pageSize())) {
                throw new IllegalStateException(workload.title() + " found " + rows + " rows: " + script.sql());
            }
        } finally {
            connection.rollback();
        }
    }
}
