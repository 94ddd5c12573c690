package tv.roster.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tv.roster.bench.Numbers.Range;

/// Imports and exports of all users, compared with what PostgreSQL's `COPY` does with the same rows.
final class Bulk {
    private static final int MOST_ROUNDS = 3;
    private static final int EXPORTS = 3;
    private static final int LIGHT_LOAD = 200;
    private static final int LIGHT_CONNECTIONS = 4;
    private static final int QUIET_SECONDS = 20;
    private static final int LOADED_SECONDS = 5;
    private static final long POLL_MILLIS = 100;
    private static final List<String> TABLES = List.of("roster_user", "user_profile", "user_event");

    /// The columns that an export reads of each user.
    private static final String EXPORTED = """
            copy (select u.id, u.version, u.name, u.user_flags, u.email, u.telephone, u.registered_time, u.external_id,
                         u.default_profile_id, u.password_hash is not null, u.updated_time
                    from roster_user u where u.tenant_id = '%s' order by u.id) to stdout""";

    private final Stage stage;
    private final Path file;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String key;

    private Bulk(Stage stage) throws IOException {
        this.stage = stage;
        this.file = stage.folder().resolve("users.ndjson");
        this.base = "http://" + stage.server().address() + "/api/user/management/v4";
        this.key = stage.key();
    }

    /// Adds as many users as are there, several times.
    static ObjectNode measure(Stage stage) throws IOException, InterruptedException, SQLException {
        var bulk = new Bulk(stage);
        try {
            bulk.writeFile();
            return bulk.measure();
        } finally {
            Files.deleteIfExists(bulk.file);
            for (var table : TABLES) {
                Files.deleteIfExists(bulk.dump(table));
            }
        }
    }

    private ObjectNode measure() throws IOException, InterruptedException, SQLException {
        var json = Machine.describe(stage);
        json.put("file_mb", Spread.rounded(Files.size(file) / 1e6));
        var quiet = light(stage.options().quick() ? 1 : QUIET_SECONDS);
        var imports = new ArrayList<Double>();
        var repeats = new ArrayList<Double>();
        var copies = new ArrayList<Double>();
        var during = new ArrayList<PacedLoad.Result>();
        for (int round = 0; round < Math.min(stage.options().rounds(), MOST_ROUNDS); round++) {
            imports.add(rate("import", importUnderLoad(during)));
            repeats.add(rate("the same file again", importUnderLoad(new ArrayList<>())));
            dumpImported();
            remove();
            copies.add(rate("COPY of the same rows", timed(this::copyIn)));
            remove();
        }
        json.set("import_per_second", Spread.of(imports).json());
        json.set("repeat_per_second", Spread.of(repeats).json());
        json.set("copy_per_second", Spread.of(copies).json());
        json.set("import_to_copy", ratio(imports, copies).json());
        json.set("repeat_to_import", ratio(repeats, imports).json());
        json.set("get_by_id_quiet_ms", latency(List.of(quiet)));
        json.set("get_by_id_during_import_ms", latency(during));
        exports(json);
        json.putObject("memory_mb")
                .put("at_the_end", Spread.rounded(stage.server().megabytes("VmRSS")))
                .put("peak", Spread.rounded(stage.server().megabytes("VmHWM")));
        return json;
    }

    private void exports(ObjectNode json) throws IOException, InterruptedException, SQLException {
        // Not counted: it lets the JVM compile.
        timed(this::export);
        var exports = new ArrayList<Double>();
        var copies = new ArrayList<Double>();
        for (int round = 0; round < EXPORTS; round++) {
            exports.add(rate("export", timed(this::export)));
            copies.add(rate("COPY to stdout", timed(this::copyOut)));
        }
        json.set("export_per_second", Spread.of(exports).json());
        json.set("copy_out_per_second", Spread.of(copies).json());
        json.set("export_to_copy", ratio(exports, copies).json());
    }

    private interface Step {
        void run() throws IOException, InterruptedException, SQLException;
    }

    /// In seconds.
    private static double timed(Step step) throws IOException, InterruptedException, SQLException {
        long begin = System.nanoTime();
        step.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private double rate(String what, double seconds) {
        double rate = stage.users() / seconds;
        Bench.say(String.format(Locale.ROOT, "%s: %.1f s, %,.0f/s", what, seconds, rate));
        return rate;
    }

    private static Spread ratio(List<Double> some, List<Double> others) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < some.size(); i++) {
            ratios.add(some.get(i) / others.get(i));
        }
        return Spread.of(ratios);
    }

    private static JsonNode latency(List<PacedLoad.Result> results) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(
                        "p50",
                        Spread.rounded(Spread.of(results.stream()
                                        .map(PacedLoad.Result::p50)
                                        .toList())
                                .median()))
                .put(
                        "p99",
                        Spread.rounded(Spread.of(results.stream()
                                        .map(PacedLoad.Result::p99)
                                        .toList())
                                .median()))
                .put(
                        "p99_of_the_slowest_5_s",
                        Spread.rounded(Spread.of(results.stream()
                                        .map(PacedLoad.Result::p99)
                                        .toList())
                                .max()));
    }

    private void writeFile() throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (long row = 0; row < stage.users(); row++) {
                long number = Numbers.FIRST_KEY + row;
                var state = row % 5 > 0 ? "REGISTERED" : "UNREGISTERED";
                var flags = row % 33 == 0 ? "\"LOGIN_RESTRICTED\"" : "";
                out.write(String.format(
                        Locale.ROOT,
                        "{\"type\":\"User\",\"attributes\":{\"name\":\"%s\",\"user_flags\":[%s],"
                                + "\"contact_details\":{\"email\":\"imported.%d@mail.example.com\","
                                + "\"telephone_number_E123\":\"+358 50 %03d %04d\"},"
                                + "\"registration_information\":{\"registration_state\":\"%s\"},"
                                + "\"external_id\":\"%s-%d\"}}%n",
                        Loader.name(row),
                        flags,
                        number,
                        row / 10_000 % 1_000,
                        row % 10_000,
                        state,
                        Range.IMPORTED.externalId(),
                        number));
            }
        }
    }

    private PacedLoad.Result light(int seconds) throws IOException {
        return PacedLoad.run(stage.server().address(), Limits.gets(stage), LIGHT_CONNECTIONS, LIGHT_LOAD, seconds);
    }

    /// Sends the file and waits until it is carried out, with a light load of reads meanwhile; returns the seconds.
    private double importUnderLoad(List<PacedLoad.Result> during)
            throws IOException, InterruptedException, SQLException {
        var sending = new FutureTask<>(() -> timed(this::sendAndWait));
        Thread.ofPlatform().start(sending);
        while (!sending.isDone()) {
            var result = light(stage.options().quick() ? 1 : LOADED_SECONDS);
            if (!sending.isDone() || during.isEmpty()) {
                during.add(result);
            }
        }
        try {
            return sending.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private void sendAndWait() throws IOException, InterruptedException {
        var sent = JsonMapper.shared()
                .readTree(http.send(
                                request("/imports")
                                        .header("Content-Type", "application/x-ndjson")
                                        .POST(BodyPublishers.ofFile(file))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
        var id = sent.at("/data/id").asString();
        JsonNode attributes;
        do {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            attributes = JsonMapper.shared()
                    .readTree(http.send(request("/imports/" + id).build(), BodyHandlers.ofString())
                            .body())
                    .at("/data/attributes");
        } while (attributes.path("finished_time").isNull());
        var rows = attributes.path("rows");
        if (rows.path("done").asLong() != stage.users() || rows.path("rejected").asLong() > 0) {
            throw new IOException("The import did not take all rows: " + attributes);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Apikey " + key);
    }

    private Path dump(String table) {
        return stage.folder().resolve(table + ".copy");
    }

    private static String imported(String table) {
        return switch (table) {
            case "roster_user" -> "select u.* from roster_user u where " + Loader.IMPORTED;
            default ->
                "select t.* from roster_user u join " + table
                        + " t on t.tenant_id = u.tenant_id and t.user_id = u.id where " + Loader.IMPORTED;
        };
    }

    private void dumpImported() throws IOException, SQLException {
        try (var connection = stage.cluster().connect()) {
            for (var table : TABLES) {
                try (var out = Files.newOutputStream(dump(table))) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut("copy (" + imported(table) + ") to stdout", out);
                }
            }
        }
    }

    private void copyIn() throws IOException, SQLException {
        try (var connection = stage.cluster().connect()) {
            for (var table : TABLES) {
                try (var in = Files.newInputStream(dump(table))) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy " + table + " from stdin", in, 1 << 16);
                }
            }
        }
    }

    private void remove() throws IOException, SQLException {
        try (var connection = stage.cluster().connect()) {
            var loader = new Loader(connection, stage.tenant());
            loader.removeImported();
            loader.settle();
        }
    }

    private void export() throws IOException {
        try (var connection = new PlainHttp(stage.server().address(), key)) {
            connection.download("/api/user/management/v4/exports/users");
        }
    }

    private void copyOut() throws IOException, SQLException {
        try (var connection = stage.cluster().connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(EXPORTED.formatted(stage.tenant()), OutputStream.nullOutputStream());
        }
    }
}
