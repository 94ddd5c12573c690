package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/// `./roster bench`: loads users, measures the server and PostgreSQL beside it, and writes what came out.
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
            say("Stopped before the end; nothing was written.");
        }
    }

    private static void run(Path home, Options options, Results results)
            throws IOException, InterruptedException, SQLException {
        for (long users : options.users()) {
            try (var stage = Stage.open(home, options, users)) {
                if (options.profile().isPresent()) {
                    Profile.take(stage, options.profile().get());
                } else {
                    results.add(measure(stage));
                }
            }
        }
    }

    /// After Ctrl-C: lets what is under way clean up behind itself, and ends what is left of it.
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

    private static ObjectNode measure(Stage stage) throws IOException, InterruptedException, SQLException {
        var options = stage.options();
        var json = Machine.describe(stage);
        var memory = json.putObject("memory_mb")
                .put("at_start", Spread.rounded(stage.server().megabytes("VmRSS")));
        if (options.extras()) {
            var start = json.putObject("start_ms");
            start.set("with_postgresql", stage.startMillis().json());
            start.set("server_alone", stage.ownStartMillis().json());
        }
        StatementCheck.run(stage);
        var workloads = json.putObject("workloads");
        for (var workload : options.workloads()) {
            workloads.set(workload.word(), Rounds.measure(stage, workload));
            if (options.extras() && workload == Workload.GET_BY_ID) {
                double top = workloads.at("/get_by_id/http/per_second/median").asDouble();
                json.set("steady", Limits.steady(stage, top));
            }
        }
        memory.put("after_rounds", Spread.rounded(stage.server().megabytes("VmRSS")))
                .put("peak", Spread.rounded(stage.server().megabytes("VmHWM")));
        if (options.extras()) {
            json.set("overload", Limits.overload(stage));
            memory.put("peak_with_overload", Spread.rounded(stage.server().megabytes("VmHWM")));
        }
        return json;
    }

    /// A number that no other round on any database has: seconds of the epoch and two digits.
    static long nextRun() {
        return LAST_RUN.updateAndGet(last -> Math.max(last + 1, Instant.now().getEpochSecond() * 100));
    }

    /// Tells the person at the terminal how far it is.
    static void say(String line) {
        System.err.println(line);
    }
}
