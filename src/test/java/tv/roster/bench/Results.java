package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The folder of results: a JSON file a run, a table of the last one, and the chart of them all.
record Results(Path folder) {
    /// Writes the result of a run, its table and the chart, and prints the table.
    void add(JsonNode result) throws IOException {
        Files.createDirectories(folder);
        var mapper = JsonMapper.shared();
        var name = result.path("time").asString().substring(0, 10) + "-"
                + result.path("users").asLong() + (result.path("quick").asBoolean() ? "-quick" : "") + ".json";
        Files.writeString(
                folder.resolve(name), mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
        var table = MarkdownTable.of(result);
        // A smoke run or a part of the workloads must not pass for the figures.
        if (!result.path("quick").asBoolean() && result.has("steady")) {
            Files.writeString(folder.resolve("latest.md"), table);
        }
        System.out.println(table);
        draw();
        Bench.say("Written: " + folder.resolve(name));
    }

    /// Draws the chart from the last result of each number of users; without two of them there is nothing to draw.
    void draw() throws IOException {
        var latest = latest();
        if (latest.size() > 1) {
            Files.writeString(folder.resolve("cost.svg"), CostChart.of(latest));
        }
    }

    private List<JsonNode> latest() throws IOException {
        var results = new ArrayList<JsonNode>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (var file : files) {
                if (!file.toString().endsWith("-quick.json")) {
                    results.add(JsonMapper.shared().readTree(Files.readString(file)));
                }
            }
        }
        results.sort(
                Comparator.comparing((JsonNode result) -> result.path("time").asString())
                        .reversed());
        var seen = new HashSet<Long>();
        results.removeIf(result -> !seen.add(result.path("users").asLong()));
        results.sort(Comparator.comparingLong(result -> result.path("users").asLong()));
        return results;
    }
}
