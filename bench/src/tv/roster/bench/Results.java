package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The folder of results: a JSON file for each run, a table of the last one, and a chart of all.
record Results(Path folder) {
    /// Writes the result of a run, its table and the chart, and prints the table.
    void add(JsonNode result) throws IOException {
        Files.createDirectories(folder);
        var mapper = JsonMapper.shared();
        boolean quick = result.path("quick").asBoolean();
        boolean whole = result.has("steady");
        var name = result.path("time").asString().substring(0, 10) + "-"
                + result.path("users").asLong() + (quick ? "-quick" : whole ? "" : "-part") + ".json";
        Files.writeString(
                folder.resolve(name), mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
        var table = MarkdownTable.of(result);
        // The results of a smoke test or of some workloads only must not replace those of a complete run.
        if (whole && !quick) {
            Files.writeString(folder.resolve("latest.md"), table);
        }
        System.out.println(table);
        draw();
        Bench.say("Written: " + folder.resolve(name));
    }

    /// Writes the result of another kind of run, such as "bulk", and prints it.
    void add(String kind, JsonNode result) throws IOException {
        Files.createDirectories(folder);
        var name = result.path("time").asString().substring(0, 10) + "-" + kind + "-"
                + result.path("users").asLong() + (result.path("quick").asBoolean() ? "-quick" : "") + ".json";
        var text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
        Files.writeString(folder.resolve(name), text);
        System.out.println(text);
        Bench.say("Written: " + folder.resolve(name));
    }

    /// Draws the chart from the latest results for each number of users; one number is not enough for a chart.
    void draw() throws IOException {
        var merged = merged();
        if (merged.size() > 1) {
            Files.writeString(folder.resolve("cost.svg"), CostChart.of(merged));
        }
    }

    /// One result for each number of users, with the latest measurement of each workload.
    private List<JsonNode> merged() throws IOException {
        var merged = new TreeMap<Long, ObjectNode>();
        for (var result : inOrderOfTime()) {
            var known = merged.putIfAbsent(result.path("users").asLong(), (ObjectNode) result);
            if (known != null) {
                ((ObjectNode) known.path("workloads")).setAll((ObjectNode) result.path("workloads"));
            }
        }
        return List.copyOf(merged.values());
    }

    private List<JsonNode> inOrderOfTime() throws IOException {
        var results = new ArrayList<JsonNode>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (var file : files) {
                if (!file.toString().endsWith("-quick.json")
                        && !file.toString().contains("-bulk-")
                        && !file.toString().contains("-events-")) {
                    results.add(JsonMapper.shared().readTree(Files.readString(file)));
                }
            }
        }
        results.sort(Comparator.comparing(result -> result.path("time").asString()));
        return results;
    }
}
