package tv.roster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CostChartTest {
    @TempDir
    Path folder;

    private static JsonNode result(long users, String workload, int cost) {
        return JsonMapper.shared().readTree("""
                {"time": "2026-01-02T03:04:05Z", "users": %d, "workloads": {"%s": {"title": "any", "http":
                 {"server_cpu_us": {"median": %d}, "postgres_cpu_us": {"median": 10}}}}}""".formatted(users, workload, cost));
    }

    @Test
    void figuresOfSeveralRunsAreDrawnAsOneLine() throws Exception {
        var results = new Results(folder);
        results.add(result(10_000, "get_by_id", 40));
        assertThat(folder.resolve("cost.svg")).doesNotExist();
        results.add(result(1_000_000, "get_by_id", 50));

        var svg = Files.readString(folder.resolve("cost.svg"));
        var parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("cost.svg").toFile());
        assertThat(parsed.getElementsByTagName("polyline").getLength()).isEqualTo(1);
        assertThat(svg).contains("get by id: 60").contains("1,000,000").contains("10,000");
    }

    @Test
    void aPartOfARunDoesNotPassForTheFigures() throws Exception {
        new Results(folder).add(result(10_000, "get_by_id", 40));

        assertThat(folder.resolve("latest.md")).doesNotExist();
        assertThat(folder.resolve("2026-01-02-10000-part.json")).exists();
    }
}
