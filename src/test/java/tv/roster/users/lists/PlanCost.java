package tv.roster.users.lists;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a page costs by `explain analyze`: rows found, rows that its scans read, rows that it sorts, blocks it
/// touches.
record PlanCost(int found, long read, long sorted, long blocks) {
    static final PlanCost NOTHING = new PlanCost(0, 0, 0, 0);

    PlanCost plus(PlanCost other) {
        return new PlanCost(found + other.found, read + other.read, sorted + other.sorted, blocks + other.blocks);
    }

    /// What a prepared statement costs when it has run often enough for PostgreSQL to have chosen its plan.
    static PlanCost explained(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("prepare page as " + sql);
            var values = Arrays.stream(parameters).map(PlanCost::literal).collect(Collectors.joining(", "));
            // PostgreSQL decides after five executions whether one plan for all values will do.
            for (int execution = 0; execution < 6; execution++) {
                statement.execute("execute page(" + values + ")");
            }
            try (var rows = statement.executeQuery(
                    "explain (analyze, buffers, timing off, format json) execute page(" + values + ")")) {
                rows.next();
                var plan = new JsonMapper().readTree(rows.getString(1)).at("/0/Plan");
                return new PlanCost(
                        plan.at("/Actual Rows").asInt(),
                        sum(plan, Set.of("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan")),
                        sum(plan, Set.of("Sort", "Incremental Sort")),
                        plan.at("/Shared Hit Blocks").asLong()
                                + plan.at("/Shared Read Blocks").asLong());
            } finally {
                statement.execute("deallocate page");
            }
        }
    }

    /// Of nodes of these kinds: the rows that they gave on and those that they read in vain. A sort gives on what
    /// its limit lets through, so what it was given is counted.
    private static long sum(JsonNode node, Set<String> kinds) {
        long sum = 0;
        boolean counts = kinds.contains(node.at("/Node Type").asString());
        if (counts && kinds.contains("Sort")) {
            sum += rows(node.at("/Plans/0"));
        } else if (counts && node.at("/Relation Name").asString().equals("roster_user")) {
            sum += rows(node);
        }
        for (var child : node.at("/Plans").valueStream().toList()) {
            sum += sum(child, kinds);
        }
        return sum;
    }

    private static long rows(JsonNode node) {
        double each = node.at("/Actual Rows").asDouble()
                + node.at("/Rows Removed by Filter").asDouble(0)
                + node.at("/Rows Removed by Index Recheck").asDouble(0);
        return Math.round(each * node.at("/Actual Loops").asDouble());
    }

    private static String literal(Object value) {
        return switch (value) {
            case Object[] values ->
                "'{" + Arrays.stream(values).map(each -> "\"" + each + "\"").collect(Collectors.joining(",")) + "}'";
            default -> "'" + value + "'";
        };
    }
}
