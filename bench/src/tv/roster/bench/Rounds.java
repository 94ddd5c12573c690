package tv.roster.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The rounds of one workload. HTTP and pgbench alternate, and so do the numbers of users, so that a machine that
/// becomes slower affects all of them.
final class Rounds {
    private static final int MOST_DELETES_A_SECOND = 20_000;
    private static final long SETTLE_MILLIS = 200;

    private final Stage stage;
    private final Workload workload;
    private final List<Sample> http = new ArrayList<>();
    private final List<Sample> pgBench = new ArrayList<>();

    /// One round; CPU times are in microseconds per request, latencies in milliseconds.
    private record Sample(
            double perSecond,
            double p50,
            double p99,
            double average,
            double serverCpu,
            double postgresCpu,
            double loadCpu,
            long failures) {}

    private Rounds(Stage stage, Workload workload) {
        this.stage = stage;
        this.workload = workload;
    }

    /// Measures a workload on all stages, and returns the result of each as JSON.
    static List<ObjectNode> measure(List<Stage> stages, Workload workload)
            throws IOException, InterruptedException, SQLException {
        var all = stages.stream().map(stage -> new Rounds(stage, workload)).toList();
        var options = stages.getFirst().options();
        for (var rounds : all) {
            rounds.warmUp(options.warmup());
        }
        for (int round = 1; round <= options.rounds(); round++) {
            for (var rounds : all) {
                rounds.measure(round);
            }
        }
        if (workload.changesNumbers()) {
            for (var stage : stages) {
                stage.cleanUp();
            }
        }
        return all.stream().map(Rounds::json).toList();
    }

    private void warmUp(int seconds) throws IOException, InterruptedException, SQLException {
        if (seconds > 0) {
            long run = Bench.nextRun();
            beforeRound(run, seconds);
            stage.wrk().run(workload, run, stage.options().connections(), seconds);
        }
    }

    private void measure(int round) throws IOException, InterruptedException, SQLException {
        http.add(overHttp());
        pgBench.add(byPgBench());
        Bench.say(String.format(
                Locale.ROOT,
                "%,d users: %-28s round %d: HTTP %,9.0f/s, pgbench %,9.0f/s",
                stage.users(),
                workload.title(),
                round,
                http.getLast().perSecond(),
                pgBench.getLast().perSecond()));
    }

    private void beforeRound(long run, int seconds) throws IOException, SQLException {
        if (workload.needsVictims()) {
            stage.addVictims((long) MOST_DELETES_A_SECOND * seconds, run);
        }
        stage.checkpoint();
    }

    private Sample overHttp() throws IOException, InterruptedException, SQLException {
        long run = Bench.nextRun();
        int seconds = stage.options().seconds();
        beforeRound(run, seconds);
        var begin = stage.cpuTime();
        var result = stage.wrk().run(workload, run, stage.options().connections(), seconds);
        Thread.sleep(SETTLE_MILLIS);
        var used = stage.cpuTime().since(begin);
        double each = 1e6 / Math.max(1, result.requests());
        return new Sample(
                result.perSecond(),
                result.p50(),
                result.p99(),
                0,
                used.server() * each,
                used.postgres() * each,
                used.load() * each,
                result.failures());
    }

    private Sample byPgBench() throws IOException, InterruptedException, SQLException {
        long run = Bench.nextRun();
        int seconds = stage.options().seconds();
        beforeRound(run, seconds);
        var script = stage.script(workload, run);
        var begin = stage.cpuTime();
        var result = stage.pgBench().run(workload, script, stage.users(), seconds);
        Thread.sleep(SETTLE_MILLIS);
        var used = stage.cpuTime().since(begin);
        double each = 1e6 / Math.max(1, result.statements());
        return new Sample(
                result.perSecond(), 0, 0, result.averageMillis(), 0, used.postgres() * each, used.load() * each, 0);
    }

    private ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("title", workload.title());
        var overHttp = json.putObject("http");
        overHttp.set("per_second", spread(http, Sample::perSecond).json());
        overHttp.set("p50_ms", spread(http, Sample::p50).json());
        overHttp.set("p99_ms", spread(http, Sample::p99).json());
        overHttp.set("server_cpu_us", spread(http, Sample::serverCpu).json());
        overHttp.set("postgres_cpu_us", spread(http, Sample::postgresCpu).json());
        overHttp.set("load_cpu_us", spread(http, Sample::loadCpu).json());
        overHttp.put("failures", http.stream().mapToLong(Sample::failures).sum());
        var byPgBench = json.putObject("pgbench");
        byPgBench.set("per_second", spread(pgBench, Sample::perSecond).json());
        byPgBench.set("average_ms", spread(pgBench, Sample::average).json());
        byPgBench.set("postgres_cpu_us", spread(pgBench, Sample::postgresCpu).json());
        byPgBench.set("load_cpu_us", spread(pgBench, Sample::loadCpu).json());
        // Of adjacent rounds, for which a machine of varying speed was about equally fast.
        var ratios = IntStream.range(0, http.size())
                .mapToObj(round ->
                        http.get(round).perSecond() / pgBench.get(round).perSecond())
                .toList();
        json.set("ratio", Spread.of(ratios).json());
        return json;
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().map(figure::applyAsDouble).toList());
    }
}
