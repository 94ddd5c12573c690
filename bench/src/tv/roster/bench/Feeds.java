package tv.roster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import tools.jackson.databind.node.ObjectNode;

/// The feed of events: how fast old events are read, and how soon new ones, while users are created as fast as
/// possible.
final class Feeds {
    private static final String EVENTS = "/api/user/management/v4/events";
    private static final String TIME = "\"time\":\"";
    private static final String NEXT = "\"next\":\"";
    private static final int TIME_LENGTH = "2026-11-27T13:31:18.021102Z".length();
    private static final int SECONDS = 20;
    private static final int PERCENT = 100;

    private final Stage stage;

    private Feeds(Stage stage) {
        this.stage = stage;
    }

    static ObjectNode measure(Stage stage) throws IOException, InterruptedException, SQLException {
        return new Feeds(stage).measure();
    }

    private ObjectNode measure() throws IOException, InterruptedException, SQLException {
        var json = Machine.describe(stage);
        // Not counted: it lets the JVM compile.
        readOld();
        var rates = new ArrayList<Double>();
        for (int round = 0; round < Math.min(3, stage.options().rounds()); round++) {
            rates.add(readOld());
        }
        json.set("old_events_per_second", Spread.of(rates).json());
        followed(json.putObject("creates_with_a_reader"));
        json.set("webhooks", Webhooks.measure(stage));
        json.putObject("memory_mb").put("peak", Spread.rounded(stage.server().megabytes("VmHWM")));
        return json;
    }

    /// All events, in pages of 1,000.
    private double readOld() throws IOException {
        long begin = System.nanoTime();
        long events = 0;
        try (var connection = new PlainHttp(stage.server().address(), stage.key())) {
            var path = EVENTS + "?page%5Bsize%5D=1000";
            int read;
            do {
                var page = text(connection.get(path));
                read = count(page);
                events += read;
                path = next(page);
            } while (read > 0);
        }
        double rate = events / ((System.nanoTime() - begin) / 1e9);
        Bench.say(String.format(Locale.ROOT, "%,d old events: %,.0f/s", events, rate));
        return rate;
    }

    private static String text(byte[] page) {
        return new String(page, StandardCharsets.ISO_8859_1);
    }

    private static int count(String page) {
        int count = 0;
        for (int at = page.indexOf(TIME); at >= 0; at = page.indexOf(TIME, at + 1)) {
            count++;
        }
        return count;
    }

    private static String next(String page) {
        int at = page.indexOf(NEXT) + NEXT.length();
        var url = page.substring(at, page.indexOf('"', at));
        return url.substring(url.indexOf(EVENTS));
    }

    /// What a reader saw: milliseconds from the time of each event, which is before its commit, to its arrival.
    private record Read(List<Double> ages) {
        double percentile(int percent) {
            var sorted = ages.stream().sorted().toList();
            return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / PERCENT));
        }
    }

    private void followed(ObjectNode json) throws IOException, InterruptedException, SQLException {
        int seconds = stage.options().quick() ? 2 : SECONDS;
        var wrk = stage.wrk();
        wrk.run(
                Workload.CREATE,
                Bench.nextRun(),
                stage.options().connections(),
                stage.options().warmup());
        double alone = rate(wrk, seconds);
        var reading = new FutureTask<>(() -> follow(Duration.ofSeconds(seconds + 5L)));
        Thread.ofPlatform().daemon().name("reader").start(reading);
        var result = wrk.run(Workload.CREATE, Bench.nextRun(), stage.options().connections(), seconds);
        try {
            var read = reading.get();
            json.put("creates_per_second_without", Spread.rounded(alone))
                    .put("creates_per_second", Spread.rounded(result.perSecond()))
                    .put("created", result.requests())
                    .put("read", read.ages().size())
                    .put("readable_after_ms_median", Spread.rounded(read.percentile(50)))
                    .put("readable_after_ms_p99", Spread.rounded(read.percentile(99)));
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        stage.cleanUp();
    }

    private double rate(Wrk wrk, int seconds) throws IOException, InterruptedException {
        return wrk.run(Workload.CREATE, Bench.nextRun(), stage.options().connections(), seconds)
                .perSecond();
    }

    private Read follow(Duration duration) throws IOException {
        var ages = new ArrayList<Double>();
        long end = System.nanoTime() + duration.toNanos();
        try (var connection = new PlainHttp(stage.server().address(), stage.key())) {
            var path = next(text(connection.get(EVENTS + "?from=now&page%5Bsize%5D=1000")));
            path += "&wait=1";
            while (System.nanoTime() < end) {
                var page = text(connection.get(path));
                var now = Instant.now();
                for (int at = page.indexOf(TIME); at >= 0; at = page.indexOf(TIME, at + 1)) {
                    int from = at + TIME.length();
                    var time = Instant.parse(page.substring(from, from + TIME_LENGTH));
                    ages.add(Duration.between(time, now).toNanos() / 1e6);
                }
                path = next(page);
            }
        }
        return new Read(ages);
    }
}
