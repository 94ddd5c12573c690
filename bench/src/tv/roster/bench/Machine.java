package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The machine and the settings of a measurement, without which its figures mean nothing.
final class Machine {
    private static final int SECONDS = 20;

    private Machine() {}

    static ObjectNode describe(Stage stage) throws IOException, InterruptedException, SQLException {
        var options = stage.options();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("commit", commit(stage.home()))
                .put("users", stage.users())
                .put("quick", options.quick());
        json.putObject("machine")
                .put("processor", first("/proc/cpuinfo", "model name"))
                // Above a few tenths, other programs were running, and the figures are not usable.
                .put("load_before", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0])
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("memory", first("/proc/meminfo", "MemTotal"))
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"))
                .put("java_options", System.getenv().getOrDefault("ROSTER_JAVA_OPTIONS", ""))
                .put("postgresql", stage.cluster().value("show server_version"))
                .put("shared_buffers", stage.cluster().value("show shared_buffers"))
                .put("database", stage.cluster().value("select pg_size_pretty(pg_database_size(current_database()))"))
                .put("pgbench", output(List.of("pgbench", "--version"), stage.home()));
        json.putObject("settings")
                .put("rounds", options.rounds())
                .put("seconds", options.seconds())
                .put("warmup_seconds", options.warmup())
                .put("connections", options.connections())
                .put("wrk_threads", options.threads())
                .put("pgbench_clients", PgBench.CLIENTS);
        return json;
    }

    private static String commit(Path home) throws InterruptedException {
        var commit = output(List.of("git", "rev-parse", "--short", "HEAD"), home);
        var changes = output(List.of("git", "status", "--porcelain", "--", "src/main", "pom.xml"), home);
        return changes.isEmpty() ? commit : commit + " with changes";
    }

    private static String output(List<String> words, Path folder) throws InterruptedException {
        try {
            return Commands.run(words, Map.of(), folder, SECONDS).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String first(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
