package tv.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tv.roster.access.ApiKeySecret;
import tv.roster.agents.sessions.AgentSessions;
import tv.roster.agents.setup.SetupLinks;
import tv.roster.agents.signin.OwnAccount;
import tv.roster.agents.signin.SignIn;
import tv.roster.platform.database.Database;
import tv.roster.platform.database.DatabaseClock;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.http.Area;
import tv.roster.platform.mail.OutboxKey;
import tv.roster.settings.Settings;
import tv.roster.testing.ApiClient;
import tv.roster.testing.RunFolder;
import tv.roster.testing.TestPostgres;

/// A whole server on a free port and a database of its own. Most tests share one and keep apart by tenant.
public final class TestServer implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static TestServer shared;

    private final DatabaseAddress database;
    private final Path data;
    private final Application application;

    /// A server with settings of its own, such as `ROSTER_PUBLIC_URL`, and its own clock.
    public TestServer(Map<String, String> settings, InstantSource clock) {
        this(settings, clock, TestPostgres.newMigratedDatabase());
    }

    /// One more node on a database that exists.
    public TestServer(Map<String, String> settings, InstantSource clock, DatabaseAddress database) {
        this(settings, database, own -> clock);
    }

    /// A node that goes by the database's clock, as servers do, on a machine with this clock.
    public static TestServer onMachine(InstantSource machine, DatabaseAddress database) {
        return new TestServer(Map.of(), database, own -> new DatabaseClock(own.housekeeping(), machine));
    }

    private TestServer(
            Map<String, String> settings, DatabaseAddress database, Function<Database, InstantSource> clock) {
        this.database = database;
        data = RunFolder.resolve("data-" + COUNT.incrementAndGet());
        var variables = new HashMap<>(Map.of(
                "ROSTER_PORT", "0",
                "ROSTER_HEALTH_PORT", "0",
                "ROSTER_FAILED_AUTHENTICATIONS", "off",
                "ROSTER_DATA", data.toString()));
        variables.putAll(settings);
        application = new Application(Settings.from(variables), roles(database), clock);
    }

    public EventLoops loops() {
        return application.loops();
    }

    /// As servers do on their embedded PostgreSQL: the owner of the tables, whom tests use beside the server, is
    /// not whom the server connects as.
    private static DatabaseRoles roles(DatabaseAddress database) {
        return database.user().equals("roster") ? DatabaseRoles.embedded(database) : DatabaseRoles.one(database);
    }

    /// The server that tests share which need nothing special; it runs until the tests end.
    public static synchronized TestServer shared() {
        if (shared == null) {
            shared = new TestServer(Map.of(), InstantSource.system());
            RunFolder.closeAtEnd(shared::close);
        }
        return shared;
    }

    public String url() {
        return "http://127.0.0.1:" + application.listeners().port();
    }

    public String healthUrl() {
        return "http://127.0.0.1:" + application.listeners().healthPort();
    }

    public String adminUrl() {
        return "http://127.0.0.1:" + application.listeners().adminPort();
    }

    /// A client of the admin API, with the key of the first start or another.
    public ApiClient admin() {
        return admin(adminKey());
    }

    public ApiClient admin(String key) {
        return new ApiClient(adminUrl() + "/api/admin/v1", key);
    }

    /// The admin key that the first start of the first node on this database made.
    public String adminKey() {
        try {
            return Files.readString(data.resolve("admin-key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The link to the outbox that the server printed.
    public String outboxLink() {
        return url() + "/outbox?key=" + OutboxKey.of(data).value();
    }

    /// The lines that tell whoever started the server where it is.
    public String readyLines() {
        return application.readyLines();
    }

    /// The server's data folder.
    public Path data() {
        return data;
    }

    public List<Area<?>> areas() {
        return application.areas();
    }

    /// How agents sign in.
    public SignIn signIn() {
        return application.agents().signIn();
    }

    /// What agents change themselves.
    public OwnAccount ownAccount() {
        return application.agents().ownAccount();
    }

    public AgentSessions agentSessions() {
        return application.agents().sessions();
    }

    public SetupLinks setupLinks() {
        return application.agents().links();
    }

    /// The database as the owner of its tables.
    public DatabaseAddress database() {
        return database;
    }

    /// The database as the server connects to it.
    public DatabaseAddress asApplication() {
        return roles(database).application();
    }

    /// A client of a new tenant that may read and write users.
    public ApiClient newTenant(String... flags) {
        return newKey(addTenant(flags), "users:read", "users:write");
    }

    /// A new tenant with these flags in its catalogue.
    public UUID addTenant(String... flags) {
        var id = UUID.randomUUID();
        execute(
                "insert into tenant (id, slug, name, user_flags, updated_time) values (?, ?, 'Test', ?, ?)",
                id,
                "t-" + id,
                flags,
                Instant.now().getEpochSecond());
        return id;
    }

    /// A client with a new key of a tenant.
    public ApiClient newKey(UUID tenant, String... scopes) {
        var key = ApiKeySecret.random();
        execute(
                "insert into api_key (id, tenant_id, name, prefix, secret_hash, scopes, updated_time)"
                        + " values (?, ?, 'test', ?, ?, ?, 0)",
                UUID.randomUUID(),
                tenant,
                key.prefix(),
                key.hash(),
                scopes);
        execute("update installation set access_version = access_version + 1");
        application.refreshDirectory();
        return client(key.value());
    }

    /// Reads tenants and keys again at once.
    public void refresh() {
        application.refreshDirectory();
    }

    public ApiClient client(String key) {
        return new ApiClient(url() + "/api/user/management/v4", key);
    }

    /// Runs a statement beside the server.
    public void execute(String sql, Object... parameters) {
        TestPostgres.execute(database, sql, parameters);
    }

    /// The first column of a query's first row, as text.
    public String value(String sql, Object... parameters) {
        return TestPostgres.value(database, sql, parameters);
    }

    @Override
    public void close() {
        application.close();
    }
}
