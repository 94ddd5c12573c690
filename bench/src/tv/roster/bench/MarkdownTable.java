package tv.roster.bench;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A result as a page of Markdown.
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    private MarkdownTable() {}

    static String of(JsonNode result) {
        var table = new MarkdownTable();
        table.head(result);
        table.workloads(result.path("workloads"));
        table.rest(result);
        table.overload(result.path("overload"));
        return table.text.toString();
    }

    private void head(JsonNode result) {
        var machine = result.path("machine");
        var settings = result.path("settings");
        line(
                "%,d users (%s), %s, commit %s. %s, %d cores, %s, PostgreSQL %s, %s.",
                result.path("users").asLong(),
                machine.path("database").asString(),
                result.path("time").asString(),
                result.path("commit").asString(),
                machine.path("processor").asString(),
                machine.path("cores").asInt(),
                machine.path("java").asString(),
                machine.path("postgresql").asString(),
                machine.path("pgbench").asString());
        line("");
        line(
                "HTTP over %d connections by wrk and pgbench with %d clients by turns, %d rounds of %d s each: the"
                        + " median, and least to greatest. CPU in µs a request.",
                settings.path("connections").asInt(),
                settings.path("pgbench_clients").asInt(),
                settings.path("rounds").asInt(),
                settings.path("seconds").asInt());
        line("");
    }

    private void workloads(JsonNode workloads) {
        line("| | requests/s | p50 ms | p99 ms | server CPU | PostgreSQL CPU | pgbench/s | its PostgreSQL CPU"
                + " | HTTP : pgbench |");
        line("|---|---|---|---|---|---|---|---|---|");
        for (var workload : workloads) {
            var http = workload.path("http");
            var pgBench = workload.path("pgbench");
            line(
                    "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%s",
                    workload.path("title").asString(),
                    spread(http.path("per_second"), "%,.0f"),
                    median(http.path("p50_ms"), "%.2f"),
                    spread(http.path("p99_ms"), "%.2f"),
                    median(http.path("server_cpu_us"), "%.0f"),
                    median(http.path("postgres_cpu_us"), "%.0f"),
                    spread(pgBench.path("per_second"), "%,.0f"),
                    median(pgBench.path("postgres_cpu_us"), "%.0f"),
                    spread(workload.path("ratio"), "%.2f"),
                    http.path("failures").asLong() > 0
                            ? " " + http.path("failures").asLong() + " failed!"
                            : "");
        }
        line("");
    }

    private void rest(JsonNode result) {
        var steady = result.path("steady");
        if (!steady.isMissingNode()) {
            line(
                    "Get by id at a steady %,.0f a second (70 %% of the top rate; latency from when a request was due):"
                            + " p50 %.2f ms, p99 %.2f ms, longest %.1f ms; %d refused, %d unanswered.",
                    steady.path("per_second").asDouble(),
                    steady.path("p50_ms").asDouble(),
                    steady.path("p99_ms").asDouble(),
                    steady.path("max_ms").asDouble(),
                    steady.path("refused").asInt(),
                    steady.path("missing").asInt());
            line("");
        }
        var start = result.path("start_ms");
        if (!start.isMissingNode()) {
            line(
                    "Start until ready: %s ms with its PostgreSQL, %s ms the server alone.",
                    spread(start.path("with_postgresql"), "%,.0f"), spread(start.path("server_alone"), "%,.0f"));
            line("");
        }
        var memory = result.path("memory_mb");
        line(
                "Memory of the server (resident): %.0f MB at the start, %.0f MB after the rounds, %.0f MB at most.",
                memory.path("at_start").asDouble(),
                memory.path("after_rounds").asDouble(),
                memory.path("peak").asDouble());
        line("");
    }

    private void overload(JsonNode steps) {
        if (steps.isEmpty()) {
            return;
        }
        line("| overload | connections | served/s | p50 ms | p99 ms | answers by status | broken | timed out |");
        line("|---|---|---|---|---|---|---|---|");
        for (var step : steps) {
            line(
                    "| %s | %d | %,.0f | %.1f | %.1f | %s | %d | %d |",
                    step.path("workload").asString().replace('_', ' '),
                    step.path("connections").asInt(),
                    step.path("served_per_second").asDouble(),
                    step.path("p50_ms").asDouble(),
                    step.path("p99_ms").asDouble(),
                    step.path("statuses").toString().replaceAll("[{}\"]", "").replace(",", ", "),
                    step.path("broken").asLong(),
                    step.path("timeouts").asLong());
        }
    }

    private static String spread(JsonNode spread, String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + "–" + format + ")",
                spread.path("median").asDouble(),
                spread.path("min").asDouble(),
                spread.path("max").asDouble());
    }

    private static String median(JsonNode spread, String format) {
        return String.format(Locale.ROOT, format, spread.path("median").asDouble());
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
