package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Load over HTTP with keep-alive, by wrk with the scripts in `bench/wrk`.
record Wrk(Path scripts, String address, int threads, Map<String, String> variables) {
    private static final String MARK = "BENCH ";
    private static final int GRACE_SECONDS = 60;

    /// One run. `refused` counts responses other than 2xx and 3xx; `broken` counts socket errors.
    record Result(JsonNode json) {
        long requests() {
            return json.path("requests").asLong();
        }

        double seconds() {
            return json.path("seconds").asDouble();
        }

        double perSecond() {
            return requests() / seconds();
        }

        double p50() {
            return json.path("p50_ms").asDouble();
        }

        double p99() {
            return json.path("p99_ms").asDouble();
        }

        long failures() {
            return json.path("refused").asLong()
                    + json.path("broken").asLong()
                    + json.path("timeouts").asLong();
        }
    }

    Result run(Workload workload, long run, int connections, int seconds) throws IOException, InterruptedException {
        return run(workload, run, connections, seconds, Map.of());
    }

    /// The same, with responses counted by status, which costs wrk some CPU.
    Result runCounting(Workload workload, long run, int connections, int seconds)
            throws IOException, InterruptedException {
        return run(workload, run, connections, seconds, Map.of("BENCH_STATUSES", "1"));
    }

    private Result run(Workload workload, long run, int connections, int seconds, Map<String, String> more)
            throws IOException, InterruptedException {
        var all = new HashMap<>(variables);
        all.putAll(more);
        all.put("BENCH_RUN", String.valueOf(run));
        all.put("BENCH_THREADS", String.valueOf(threads));
        all.put("BENCH_PAGES", variables.getOrDefault("BENCH_PAGES", "") + "/" + workload.word() + ".pages");
        var output = Commands.run(
                List.of(
                        "wrk",
                        "-t" + threads,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "10s",
                        "--latency",
                        "-s",
                        workload.lua(),
                        "http://" + address),
                all,
                scripts,
                seconds + GRACE_SECONDS);
        return output.lines()
                .filter(line -> line.startsWith(MARK))
                .findFirst()
                .map(line -> new Result(JsonMapper.shared().readTree(line.substring(MARK.length()))))
                .orElseThrow(() -> new IOException("wrk printed no result: " + output.strip()));
    }
}
