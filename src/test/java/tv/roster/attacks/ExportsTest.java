package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.NetworkBetween;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Exports that are long enough to be met in the middle: by writes, by readers that stop, and by what breaks them off.
class ExportsTest {
    /// More than fits into the buffers of a connection.
    private static final int USERS = 12_000;

    private static final int MOST_OF_TENANT = 4;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private static final NetworkBetween NETWORK = new NetworkBetween(TestPostgres.newMigratedDatabase());
    private static final TestServer SERVER = new TestServer(Map.of(), InstantSource.system(), NETWORK.address());
    private static final UUID TENANT = SERVER.addTenant("GOLD");
    private static final ApiClient BSS = SERVER.newKey(TENANT, "bulk");

    @BeforeAll
    static void addUsers() {
        ManyUsers.add(SERVER, TENANT, USERS);
    }

    @AfterAll
    static void close() {
        SERVER.close();
        NETWORK.close();
    }

    /// A client in the middle of an export, whose head it has read.
    private static RawHttp begin(TestServer server, ApiClient client, String... headers) {
        var connection = ask(server, client, headers);
        assertThat(connection.readHead().status()).isEqualTo(200);
        return connection;
    }

    private static RawHttp ask(TestServer server, ApiClient client, String... headers) {
        var port = Integer.parseInt(server.url().replaceAll(".*:", ""));
        var more = IntStream.range(0, headers.length / 2)
                .mapToObj(at -> headers[2 * at] + ": " + headers[2 * at + 1] + "\r\n")
                .collect(Collectors.joining());
        return new RawHttp(port)
                .send("GET /api/user/management/v4/exports/users HTTP/1.1\r\nHost: roster.example\r\n"
                        + "Authorization: Apikey " + client.key() + "\r\n" + more + "\r\n");
    }

    private static List<String> rest(RawHttp connection) {
        var body = new ByteArrayOutputStream();
        try (connection) {
            connection.readChunks(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return ids(body.toString(StandardCharsets.UTF_8));
    }

    private static List<String> ids(String lines) {
        return lines.lines()
                .map(line -> JSON.readTree(line).get("id").asString())
                .toList();
    }

    private static Set<String> stored(UUID tenant) {
        return Set.of(SERVER.value("select string_agg(id::text, ',') from roster_user where tenant_id = ?", tenant)
                .split(","));
    }

    /// Reads until it breaks off; fails if it ends as a whole one does.
    private static byte[] brokenOff(RawHttp connection) {
        var body = new ByteArrayOutputStream();
        try (connection) {
            assertThatThrownBy(() -> connection.readChunks(body)).isInstanceOf(EOFException.class);
        }
        return body.toByteArray();
    }

    @Test
    void everyUserIsInItExactlyOnceInTheOrderOfTheirIds() {
        var ids = rest(begin(SERVER, BSS));
        assertThat(ids).hasSize(USERS).isSorted();
        assertThat(new HashSet<>(ids)).isEqualTo(stored(TENANT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/csv"})
    void compressedExportIsTheSame(String type) throws IOException {
        var plain = new ByteArrayOutputStream();
        try (var connection = begin(SERVER, BSS, "Accept", type)) {
            connection.readChunks(plain);
        }
        var compressed = new ByteArrayOutputStream();
        try (var connection = ask(SERVER, BSS, "Accept", type, "Accept-Encoding", "br, gzip;q=0.8")) {
            var head = connection.readHead();
            assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(head.header("Vary")).isEqualTo("Accept, Accept-Encoding");
            connection.readChunks(compressed);
        }
        assertThat(compressed.size()).isLessThan(plain.size() * 2 / 3);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.toByteArray())).readAllBytes())
                .isEqualTo(plain.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "br", "identity, gzip;q=0.5", "*;q=0"})
    void clientsThatDoNotWantItGetNoCompression(String accepted) {
        try (var connection = ask(SERVER, BSS, "Accept-Encoding", accepted)) {
            assertThat(connection.readHead().header("Content-Encoding")).isNull();
        }
    }

    @Test
    void lastingUsersAreMetExactlyOnceWhileOthersComeAndGo() {
        var tenant = SERVER.addTenant();
        ManyUsers.add(SERVER, tenant, USERS);
        var all = new ArrayList<>(stored(tenant));
        var passing = all.subList(0, USERS / 4);
        var lasting = all.subList(USERS / 4, USERS);
        var writer = SERVER.newKey(tenant, "users:write", "bulk");
        var over = new AtomicBoolean();
        var writing = Together.start(() -> {
            int written = 0;
            for (; written < passing.size() && !over.get(); written++) {
                assertThat(writer.delete("/users/" + passing.get(written)).status())
                        .isEqualTo(204);
                assertThat(writer.createUser("").status()).isEqualTo(201);
                assertThat(writer.patchUser(lasting.get(written), "'name':'Other'")
                                .status())
                        .isEqualTo(200);
            }
            return written;
        });
        var exports = Together.run(MOST_OF_TENANT, number -> rest(begin(SERVER, writer)));
        over.set(true);
        assertThat(writing.join()).isPositive();
        assertThat(exports).allSatisfy(ids -> {
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(new HashSet<>(ids)).containsAll(lasting);
        });
    }

    @Test
    void readerThatStopsHoldsNothingInTheDatabase() {
        try (var stopped = begin(SERVER, BSS)) {
            await().atMost(SOON)
                    .until(() -> SERVER.value("select count(*) from pg_stat_activity where datname = current_database()"
                                    + " and application_name = 'roster lists' and (state <> 'idle' or xact_start is not"
                                    + " null)")
                            .equals("0"));
            assertThat(rest(stopped)).hasSize(USERS);
        }
    }

    @Test
    void oneTenantRunsFourAtATimeAndOthersTheirOwn() {
        var tenant = SERVER.addTenant();
        ManyUsers.add(SERVER, tenant, USERS);
        var busy = SERVER.newKey(tenant, "bulk");
        var hanging = IntStream.range(0, MOST_OF_TENANT)
                .mapToObj(number -> begin(SERVER, busy))
                .toList();
        Together.run(200, number -> busy.get("/exports/users")).forEach(refused -> {
            ContractForm.checkError(refused);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("rate_limited");
            assertThat(refused.header("Retry-After")).isEqualTo("10");
        });
        assertThat(SERVER.newKey(SERVER.addTenant(), "bulk")
                        .get("/exports/users")
                        .status())
                .isEqualTo(200);
        hanging.getFirst().reset();
        await().atMost(SOON).until(() -> busy.get("/exports/users").status() == 200);
        assertThat(rest(hanging.getLast())).hasSize(USERS);
        hanging.forEach(RawHttp::close);
    }

    @Test
    void oneNodeRunsSixteenAtATime() {
        var hanging = new ArrayList<RawHttp>();
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            for (int number = 0; number < 4; number++) {
                var tenant = server.addTenant();
                ManyUsers.add(server, tenant, USERS);
                var key = server.newKey(tenant, "bulk");
                for (int time = 0; time < MOST_OF_TENANT; time++) {
                    hanging.add(begin(server, key));
                }
            }
            var other = server.newKey(server.addTenant(), "bulk", "users:read");
            var refused = other.get("/exports/users");
            ContractForm.checkError(refused);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("unavailable");
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(other.get("/users").status()).isEqualTo(200);
            hanging.forEach(RawHttp::reset);
            await().atMost(SOON).until(() -> other.get("/exports/users").status() == 200);
        }
    }

    @Test
    void exportOutlivesBrokenConnectionsToTheDatabase() {
        var connection = begin(SERVER, BSS);
        var body = new ByteArrayOutputStream();
        try (connection) {
            for (var chunk = connection.readChunk(); chunk.length > 0; chunk = connection.readChunk()) {
                body.write(chunk);
                if (body.size() / 1_000_000 > (body.size() - chunk.length) / 1_000_000) {
                    NETWORK.breakOff();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(ids(body.toString(StandardCharsets.UTF_8))).hasSize(USERS).doesNotHaveDuplicates();
    }

    @Test
    void keyThatIsRevokedMidwayGetsNoMore() {
        var key = SERVER.newKey(TENANT, "bulk");
        var connection = begin(SERVER, key);
        revoke(key);
        assertThat(ids(whole(brokenOff(connection)))).hasSizeLessThan(USERS);
        assertThat(key.get("/exports/users").status()).isEqualTo(401);
    }

    private static void revoke(ApiClient key) {
        SERVER.execute(
                "update api_key set revoked_time = 1 where prefix = ?",
                key.key().substring(4, 12));
        SERVER.execute("update installation set access_version = access_version + 1");
        SERVER.refresh();
    }

    /// Without the line that was cut.
    private static String whole(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    @Test
    void exportOfATenantThatIsDeletedMidwayBreaksOff() {
        var tenant = SERVER.addTenant();
        ManyUsers.add(SERVER, tenant, USERS);
        var connection = begin(SERVER, SERVER.newKey(tenant, "bulk"));
        assertThat(SERVER.admin().delete("/tenants/" + tenant + "?users=delete").status())
                .isEqualTo(204);
        assertThat(ids(whole(brokenOff(connection)))).hasSizeLessThan(USERS);
    }

    @Test
    void pageThatCannotBeReadBreaksTheExportOff() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            var tenant = server.addTenant();
            ManyUsers.add(server, tenant, USERS);
            var connection = begin(server, server.newKey(tenant, "bulk"));
            server.execute("alter table roster_user rename to roster_user_that_was");
            assertThat(ids(whole(brokenOff(connection)))).hasSizeLessThan(USERS).isNotEmpty();
        }
    }

    /// A lock stands for filters that are slow to find: once a page has taken long, all users are read instead.
    @ParameterizedTest
    @ValueSource(
            strings = {"", "?filter%5Buser_flags%5D=GOLD", "?filter%5Bname%5D=karlsson%2011", "?filter%5Bname%5D=zzz"})
    void slowExportIsTheSame(String query) throws SQLException {
        var quick = BSS.get("/exports/users" + query).text();
        CompletableFuture<Response> slow;
        try (var beside = TestPostgres.connect(SERVER.database())) {
            beside.setAutoCommit(false);
            beside.createStatement().execute("lock table roster_user in access exclusive mode");
            slow = Together.start(() -> BSS.get("/exports/users" + query));
            await().atMost(SOON)
                    .until(() -> !SERVER.value(
                                    "select count(*) from pg_stat_activity where datname = current_database()"
                                            + " and application_name = 'roster lists' and wait_event_type = 'Lock'"
                                            + " and clock_timestamp() - query_start > interval '200 ms'")
                            .equals("0"));
        }
        assertThat(slow.join().status()).isEqualTo(200);
        assertThat(slow.join().text()).isEqualTo(quick);
    }

    @Test
    void exportThatCannotBeginIsRefused() throws SQLException {
        try (var server = new TestServer(Map.of(), InstantSource.system());
                var beside = TestPostgres.connect(server.database())) {
            beside.setAutoCommit(false);
            beside.createStatement().execute("lock table roster_user in access exclusive mode");
            var refused = server.newKey(server.addTenant(), "bulk").get("/exports/users?filter%5Bname%5D=anna");
            ContractForm.checkError(refused);
            assertThat(refused.status()).isEqualTo(503);
        }
    }

    @Test
    void largeUsersAreExportedInSmallPages() {
        var flags = IntStream.range(0, 200)
                .mapToObj(number -> "F".repeat(60) + (1_000 + number))
                .toArray(String[]::new);
        var tenant = SERVER.addTenant(flags);
        ManyUsers.add(SERVER, tenant, 2_000);
        SERVER.execute("update roster_user set user_flags = ? where tenant_id = ?", flags, tenant);
        assertThat(rest(begin(SERVER, SERVER.newKey(tenant, "bulk"))))
                .hasSize(2_000)
                .doesNotHaveDuplicates();
    }
}
