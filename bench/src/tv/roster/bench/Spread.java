package tv.roster.bench;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A figure over the rounds: median, minimum and maximum.
record Spread(double median, double min, double max) {
    static Spread of(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    JsonNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("median", rounded(median))
                .put("min", rounded(min))
                .put("max", rounded(max));
    }

    /// Three decimals are more than the precision of a measurement.
    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
