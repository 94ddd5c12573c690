package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/// `./roster bench`: loads users, measures the server and PostgreSQL, and writes the results.
final class Bench {
    private static final AtomicLong LAST_RUN = new AtomicLong();

    private Bench() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        var home = Path.of("").toAbsolutePath();
        var results = new Results(home.resolve("bench/results"));
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        if (Arrays.asList(arguments).contains("--chart")) {
            results.draw();
            return;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException misused) {
            System.err.println("bench: " + misused.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        var main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main), "stop"));
        try {
            run(home, options, results);
        } catch (InterruptedException stopped) {
            say("Stopped before the end; no results were written.");
        }
    }

    private static void run(Path home, Options options, Results results)
            throws IOException, InterruptedException, SQLException {
        var stages = new ArrayList<Stage>();
        try {
            for (long users : options.users()) {
                stages.add(Stage.open(home, options, users));
            }
            if (options.profile().isPresent()) {
                for (var stage : stages) {
                    Profile.take(stage, options.profile().get());
                }
            } else if (options.bulk()) {
                for (var stage : stages) {
                    results.add("bulk", Bulk.measure(stage));
                }
            } else if (options.events()) {
                for (var stage : stages) {
                    results.add("events", Feeds.measure(stage));
                }
            } else {
                for (var result : measure(stages)) {
                    results.add(result);
                }
            }
        } finally {
            stages.forEach(Stage::close);
        }
    }

    /// After Ctrl-C: lets the current step clean up, then ends the processes that remain.
    private static void stop(Thread main) {
        try {
            main.interrupt();
            main.join(Duration.ofSeconds(20));
            Commands.endAll();
            main.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The result of each stage.
    private static List<ObjectNode> measure(List<Stage> stages) throws IOException, InterruptedException, SQLException {
        var results = new ArrayList<ObjectNode>();
        for (var stage : stages) {
            results.add(before(stage));
        }
        for (var workload : stages.getFirst().options().workloads()) {
            var measured = Rounds.measure(stages, workload);
            for (int i = 0; i < stages.size(); i++) {
                results.get(i).withObject("/workloads").set(workload.word(), measured.get(i));
                if (workload == Workload.GET_BY_ID && stages.get(i).options().extras()) {
                    double top = measured.get(i).at("/http/per_second/median").asDouble();
                    results.get(i).set("steady", Limits.steady(stages.get(i), top));
                }
            }
        }
        for (int i = 0; i < stages.size(); i++) {
            after(stages.get(i), results.get(i));
        }
        return results;
    }

    private static ObjectNode before(Stage stage) throws IOException, InterruptedException, SQLException {
        var json = Machine.describe(stage);
        json.putObject("memory_mb")
                .put("at_start", Spread.rounded(stage.server().megabytes("VmRSS")));
        if (stage.options().extras()) {
            var start = json.putObject("start_ms");
            start.set("with_postgresql", stage.startMillis().json());
            start.set("server_alone", stage.ownStartMillis().json());
        }
        StatementCheck.run(stage);
        return json;
    }

    private static void after(Stage stage, ObjectNode json) throws IOException, InterruptedException, SQLException {
        var memory = json.withObject("/memory_mb")
                .put("after_rounds", Spread.rounded(stage.server().megabytes("VmRSS")))
                .put("peak", Spread.rounded(stage.server().megabytes("VmHWM")));
        if (stage.options().extras()) {
            json.set("overload", Limits.overload(stage));
            memory.put("peak_with_overload", Spread.rounded(stage.server().megabytes("VmHWM")));
        }
    }

    /// A number unique to a round on any database: epoch seconds and two digits.
    static long nextRun() {
        return LAST_RUN.updateAndGet(last -> Math.max(last + 1, Instant.now().getEpochSecond() * 100));
    }

    /// Reports progress on the terminal.
    static void say(String line) {
        System.err.println(line);
    }
}
