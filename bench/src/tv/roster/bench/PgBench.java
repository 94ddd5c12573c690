package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The same statements by pgbench, prepared, over 16 connections: the speed of PostgreSQL without the server.
record PgBench(Cluster cluster, Path folder) {
    static final int CLIENTS = 16;

    private static final int THREADS = 2;
    private static final int GRACE_SECONDS = 60;
    private static final Pattern TRANSACTIONS = Pattern.compile("transactions actually processed: (\\d+)");
    private static final Pattern FAILED = Pattern.compile("failed transactions: (\\d+)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

    /// One run.
    record Result(long statements, double perSecond, double averageMillis) {}

    Result run(Workload workload, PgBenchScript script, long users, int seconds)
            throws IOException, InterruptedException {
        var file = folder.resolve(workload.word() + ".sql");
        Files.writeString(file, script.file(workload.draws(script, users)));
        var words = new ArrayList<>(List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + CLIENTS,
                "--jobs=" + THREADS,
                "--time=" + seconds,
                "--file=" + file,
                "--host=127.0.0.1",
                "--port=" + cluster.port(),
                "--username=" + Cluster.NAME,
                "--define=n=0"));
        script.variables().forEach((name, value) -> words.add("--define=" + name + "=" + value));
        words.add(Cluster.NAME);
        var output = Commands.run(
                words,
                Map.of("PGPASSWORD", cluster.password(), "PGSSLMODE", "disable"),
                folder,
                seconds + GRACE_SECONDS);
        if (number(FAILED, output, 0) > 0 || output.contains("ERROR:")) {
            throw new IOException("A statement failed in pgbench: " + output.strip());
        }
        return new Result(
                (long) number(TRANSACTIONS, output, -1), number(RATE, output, -1), number(LATENCY, output, -1));
    }

    private static double number(Pattern pattern, String output, double otherwise) throws IOException {
        var matcher = pattern.matcher(output);
        if (matcher.find()) {
            return Double.parseDouble(matcher.group(1));
        }
        if (otherwise < 0) {
            throw new IOException("pgbench reported no result: " + output.strip());
        }
        return otherwise;
    }
}
