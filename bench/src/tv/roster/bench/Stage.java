package tv.roster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tv.roster.users.BenchStatements;
import tv.roster.values.ids.TenantId;

/// All that a measurement needs: a server, its PostgreSQL with the users in it, and the load programs.
final class Stage implements AutoCloseable {
    private static final String LOADED = "bench-users";
    private static final int STARTS = 3;
    private static final int LESSON_SECONDS = 5;

    private final Path home;
    private final Options options;
    private final long users;
    private final Path dataFolder;
    private final Path folder;
    private final Cluster cluster;
    private final List<Double> startMillis = new ArrayList<>();
    private ServerProcess server;
    private TenantId tenant;
    private UUID apiKey;

    private Stage(Path home, Options options, long users) throws IOException {
        this.home = home;
        this.options = options;
        this.users = users;
        this.folder = Files.createDirectories(home.resolve("target/bench/run-" + users));
        this.dataFolder = options.data()
                .map(path -> path.resolveSibling(path.getFileName() + "-" + users))
                .orElse(folder.resolve("data-" + ProcessHandle.current().pid()));
        this.cluster = new Cluster(dataFolder);
    }

    /// Starts the server, loads the users if they are not there yet, and restarts it.
    static Stage open(Path home, Options options, long users) throws IOException, InterruptedException, SQLException {
        var stage = new Stage(home, options, users);
        try {
            stage.prepare();
            return stage;
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private void prepare() throws IOException, InterruptedException, SQLException {
        var mark = dataFolder.resolve(LOADED);
        if (Files.exists(dataFolder) && !Files.exists(mark)) {
            throw new IOException(dataFolder + " holds no users of a benchmark: name another folder.");
        }
        start();
        tenant = new TenantId(UUID.fromString(cluster.value("select id from tenant where slug = 'demo'")));
        apiKey = UUID.fromString(cluster.value("select id from api_key where tenant_id = '" + tenant.value() + "'"));
        try (var connection = cluster.connect()) {
            var loader = new Loader(connection, tenant.value());
            if (Files.exists(mark)) {
                Bench.say("Reusing the users in " + dataFolder);
                loader.removeLeftovers();
                loader.settle();
            } else {
                loader.load(users, Bench::say);
                LoadedUsers.check(connection, tenant.value());
                Files.writeString(mark, users + "\n");
            }
        }
        Pages.write(folder, cluster, tenant, users);
        if (server.learns()) {
            teach();
        }
        for (int i = 0; i < STARTS; i++) {
            server.close();
            start();
            startMillis.add(server.startMillis());
        }
    }

    /// Sends calls to the first run of a build, since Java stores what it learns from them for later runs.
    private void teach() throws IOException, InterruptedException {
        int seconds = options.quick() ? 1 : LESSON_SECONDS;
        for (var workload : options.workloads()) {
            if (!workload.changesNumbers()) {
                wrk().run(workload, Bench.nextRun(), options.connections(), seconds);
            }
        }
    }

    private void start() throws IOException, InterruptedException {
        // Receivers of webhooks are on this machine.
        var settings = Map.of("ROSTER_WEBHOOK_NETWORKS", "127.0.0.0/8");
        server = ServerProcess.start(home, dataFolder, settings, folder.resolve("server.log"));
    }

    /// From the launcher's start to the ready line, including the start of PostgreSQL.
    Spread startMillis() {
        return Spread.of(startMillis);
    }

    /// The same for a second node on this PostgreSQL: the startup of the server alone.
    Spread ownStartMillis() throws IOException, InterruptedException {
        var own = new ArrayList<Double>();
        for (int i = 0; i < STARTS; i++) {
            var settings = Map.of("ROSTER_DATABASE_URL", cluster.url());
            try (var node = ServerProcess.start(home, folder.resolve("node"), settings, folder.resolve("node.log"))) {
                own.add(node.startMillis());
            }
        }
        return Spread.of(own);
    }

    long users() {
        return users;
    }

    UUID tenant() {
        return tenant.value();
    }

    Options options() {
        return options;
    }

    Path home() {
        return home;
    }

    Path folder() {
        return folder;
    }

    ServerProcess server() {
        return server;
    }

    Cluster cluster() {
        return cluster;
    }

    String key() throws IOException {
        return Files.readString(dataFolder.resolve("demo-key")).strip();
    }

    String adminKey() throws IOException {
        return Files.readString(dataFolder.resolve("admin-key")).strip();
    }

    Wrk wrk() throws IOException {
        var variables = Map.of(
                "BENCH_KEY", key(),
                "BENCH_USERS", String.valueOf(users),
                "BENCH_STEP", String.valueOf(Numbers.step(users)),
                "BENCH_PAGES", folder.toString());
        return new Wrk(home.resolve("bench/wrk"), server.address(), options.threads(), variables);
    }

    PgBench pgBench() {
        return new PgBench(cluster, folder);
    }

    /// What the server sends for a workload, for pgbench.
    PgBenchScript script(Workload workload, long run) {
        return script(workload, new BenchStatements(tenant, apiKey, run, home.resolve("bench/wrk")));
    }

    static PgBenchScript script(Workload workload, BenchStatements statements) {
        return PgBenchScript.of(
                switch (workload) {
                    case GET_BY_ID -> statements.getById();
                    case GET_BY_EXTERNAL_ID -> statements.getByExternalId();
                    case FILTER_EMAIL -> statements.filterEmail(workload.pageSize());
                    case LIST_50, LIST_1000, LIST_PAGE_1000, LIST_WALK -> statements.list(workload.pageSize());
                    case PATCH -> statements.patch();
                    case CREATE -> statements.create();
                    case DELETE -> statements.delete();
                });
    }

    /// Adds users for a round of deletions.
    void addVictims(long count, long run) throws IOException, SQLException {
        try (var connection = cluster.connect()) {
            new Loader(connection, tenant.value()).addVictims(count, run);
        }
    }

    /// Leaves only the users that were loaded, and no pending work for PostgreSQL.
    void cleanUp() throws IOException, SQLException {
        try (var connection = cluster.connect()) {
            var loader = new Loader(connection, tenant.value());
            loader.removeLeftovers();
            loader.settle();
        }
    }

    void checkpoint() throws IOException, SQLException {
        try (var connection = cluster.connect();
                var statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    CpuTime cpuTime() throws IOException {
        return CpuTime.now(server.pid(), cluster.postmaster());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        try {
            if (options.data().isEmpty()) {
                delete(dataFolder);
            }
            delete(folder.resolve("node"));
        } catch (IOException e) {
            Bench.say("Could not delete " + dataFolder + ": " + e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
