package tv.roster.bench;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Cost (CPU of server and PostgreSQL, in µs a request) against the number of users, both logarithmic, as SVG.
final class CostChart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 460;
    private static final int LEFT = 70;
    private static final int RIGHT = 210;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;
    private static final String[] COLOURS = {
        "#0b6e99", "#d9730d", "#0f7b6c", "#ad1a72", "#6940a5", "#64473a", "#e03e3e", "#9a8a00", "#2f5fd0", "#555"
    };

    private final List<JsonNode> results;
    private final double leastUsers;
    private final double mostUsers;
    private final StringBuilder svg = new StringBuilder();
    private double leastCost = 10;
    private double mostCost = 100;

    private CostChart(List<JsonNode> results) {
        this.results = results;
        this.leastUsers = results.getFirst().path("users").asDouble();
        this.mostUsers = results.getLast().path("users").asDouble();
        for (var result : results) {
            for (var workload : result.path("workloads")) {
                double cost = cost(workload);
                leastCost = Math.min(leastCost, Math.pow(10, Math.floor(Math.log10(Math.max(1, cost)))));
                mostCost = Math.max(mostCost, Math.pow(10, Math.ceil(Math.log10(Math.max(1, cost)))));
            }
        }
    }

    /// `results` are sorted by number of users; there are at least two.
    static String of(List<JsonNode> results) {
        var chart = new CostChart(results);
        chart.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">",
                WIDTH, HEIGHT);
        chart.add("<title>Cost of a request against the number of users</title>");
        chart.add("<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>");
        chart.add(
                "<text x=\"%d\" y=\"24\" font-size=\"15\">CPU of server and PostgreSQL, µs a request, by number of"
                        + " users</text>",
                LEFT);
        chart.axes();
        chart.lines();
        chart.add("</svg>");
        return chart.svg.toString();
    }

    private static double cost(JsonNode workload) {
        return workload.at("/http/server_cpu_us/median").asDouble()
                + workload.at("/http/postgres_cpu_us/median").asDouble();
    }

    private double x(double users) {
        double share = Math.log(users / leastUsers) / Math.log(mostUsers / leastUsers);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double cost) {
        double share = Math.log(Math.max(cost, leastCost) / leastCost) / Math.log(mostCost / leastCost);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void axes() {
        for (double cost = leastCost; cost <= mostCost; cost *= 10) {
            add(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
                    LEFT, WIDTH - RIGHT, y(cost), y(cost));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>", LEFT - 8, y(cost) + 4, cost);
        }
        for (var result : results) {
            double users = result.path("users").asDouble();
            add(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>",
                    x(users), x(users), TOP, HEIGHT - BOTTOM);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>", x(users), HEIGHT - BOTTOM + 20, users);
        }
    }

    private void lines() {
        double lastLabel = Double.POSITIVE_INFINITY;
        var workloads = List.of(Workload.values()).stream()
                .filter(workload -> !points(workload).isEmpty())
                .sorted((one, other) -> Double.compare(lastCost(one), lastCost(other)))
                .toList();
        for (int at = 0; at < workloads.size(); at++) {
            var workload = workloads.get(at);
            var colour = COLOURS[at % COLOURS.length];
            add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points(workload), colour);
            // From the cheapest upwards; labels that would overlap are moved apart.
            lastLabel = Math.min(y(lastCost(workload)) + 4, lastLabel - 15);
            add(
                    "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s: %.0f</text>",
                    WIDTH - RIGHT + 8, lastLabel, colour, workload.title(), lastCost(workload));
        }
    }

    private String points(Workload workload) {
        var points = new StringBuilder();
        for (var result : results) {
            var measured = result.path("workloads").path(workload.word());
            if (!measured.isMissingNode()) {
                points.append(String.format(
                        Locale.ROOT, "%.1f,%.1f ", x(result.path("users").asDouble()), y(cost(measured))));
            }
        }
        return points.toString().strip();
    }

    private double lastCost(Workload workload) {
        return results.reversed().stream()
                .map(result -> result.path("workloads").path(workload.word()))
                .filter(measured -> !measured.isMissingNode())
                .mapToDouble(CostChart::cost)
                .findFirst()
                .orElse(0);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
