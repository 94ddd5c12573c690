package tv.roster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tv.roster.bench.Numbers.Kind;
import tv.roster.bench.Numbers.Range;

/// Loads other than the usual one: a steady 70 % of the maximum rate, and many times the connections.
final class Limits {
    private static final double SHARE = 0.7;
    private static final int SECONDS = 10;
    private static final int MOST_FACTOR = 30;
    private static final int[] FACTORS = {1, 10, MOST_FACTOR, 1};

    private Limits() {}

    /// Latency of get by id at 70 % of a rate.
    static ObjectNode steady(Stage stage, double topRate) throws IOException {
        var requests = gets(stage);
        // Not counted: it lets the JVM compile the load generator, and the previous load end.
        steady(stage, requests, topRate);
        var result = steady(stage, requests, topRate);
        Bench.say(String.format(
                Locale.ROOT,
                "get by id at %,.0f/s: p50 %.2f ms, p99 %.2f ms",
                result.rate(),
                result.p50(),
                result.p99()));
        return JsonNodeFactory.instance
                .objectNode()
                .put("workload", Workload.GET_BY_ID.word())
                .put("wanted_per_second", Spread.rounded(result.rate()))
                .put("per_second", Spread.rounded(result.perSecond()))
                .put("p50_ms", Spread.rounded(result.p50()))
                .put("p99_ms", Spread.rounded(result.p99()))
                .put("max_ms", Spread.rounded(result.max()))
                .put("refused", result.refused())
                .put("missing", result.missing());
    }

    /// Gets of random users: each is a copy of the first one with the digits of another key.
    static Supplier<byte[]> gets(Stage stage) throws IOException {
        var first = Numbers.id(Range.LOADED, Numbers.FIRST_KEY, Kind.USER, 0).toString();
        var text = "GET /api/user/management/v4/users/" + first + " HTTP/1.1\r\nHost: "
                + stage.server().address() + "\r\nAuthorization: Apikey " + stage.key() + "\r\n\r\n";
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        int digits = text.indexOf(first) + Range.LOADED.firstDigits().length();
        long step = Numbers.step(stage.users());
        var random = new Random(stage.users());
        return () -> {
            var request = bytes.clone();
            long key = Numbers.FIRST_KEY + random.nextLong(stage.users()) * step;
            for (int place = digits + Numbers.KEY_DIGITS; place >= digits; place--) {
                // There is a hyphen among the digits.
                if (request[place] != '-') {
                    request[place] = (byte) ('0' + key % 10);
                    key /= 10;
                }
            }
            return request;
        };
    }

    private static PacedLoad.Result steady(Stage stage, Supplier<byte[]> requests, double topRate) throws IOException {
        return PacedLoad.run(
                stage.server().address(), requests, stage.options().connections(), SHARE * topRate, seconds(stage));
    }

    private static int seconds(Stage stage) {
        return stage.options().quick() ? stage.options().seconds() : SECONDS;
    }

    /// The usual connections, 10 and 30 times as many, and the usual ones again; responses counted by status.
    static ArrayNode overload(Stage stage) throws IOException, InterruptedException, SQLException {
        var steps = JsonNodeFactory.instance.arrayNode();
        for (var workload : new Workload[] {Workload.GET_BY_ID, Workload.CREATE}) {
            // Not counted: it lets the JVM compile the code that rejects requests.
            load(stage, workload, MOST_FACTOR);
            for (int factor : FACTORS) {
                var result = load(stage, workload, factor);
                steps.add(step(workload, factor * stage.options().connections(), result));
            }
            stage.cleanUp();
        }
        return steps;
    }

    private static Wrk.Result load(Stage stage, Workload workload, int factor)
            throws IOException, InterruptedException, SQLException {
        stage.checkpoint();
        return stage.wrk()
                .runCounting(workload, Bench.nextRun(), factor * stage.options().connections(), seconds(stage));
    }

    private static ObjectNode step(Workload workload, int connections, Wrk.Result result) {
        var statuses = result.json().path("statuses");
        long good = statuses.path("200").asLong() + statuses.path("201").asLong();
        Bench.say(String.format(
                Locale.ROOT,
                "%s over %d connections: %,.0f/s served, p99 %.1f ms, %s",
                workload.title(),
                connections,
                good / result.seconds(),
                result.p99(),
                statuses));
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("workload", workload.word())
                .put("connections", connections)
                .put("served_per_second", Spread.rounded(good / result.seconds()))
                .put("answers_per_second", Spread.rounded(result.perSecond()))
                .put("p50_ms", result.p50())
                .put("p99_ms", result.p99())
                .put("broken", result.json().path("broken").asLong())
                .put("timeouts", result.json().path("timeouts").asLong());
        json.set("statuses", statuses);
        return json;
    }
}
