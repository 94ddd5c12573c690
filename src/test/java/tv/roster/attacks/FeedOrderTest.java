package tv.roster.attacks;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.events.feed.FeedReader;
import tv.roster.platform.database.backup.Backup;
import tv.roster.platform.database.backup.BackupFile;
import tv.roster.platform.database.backup.Restore;
import tv.roster.platform.database.schema.DatabaseRoles;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// A reader that follows the feed misses nothing, and meets the events of each user in the order of its versions.
/// `-Dattacks.changes=2000` makes it longer.
class FeedOrderTest {
    private static final int CHANGES = Integer.getInteger("attacks.changes", 60);
    private static final int WRITERS = 6;
    private static final int USERS = 5;
    private static final long SEED = Long.getLong("attacks.seed", 16);

    private static String userOf(JsonNode event) {
        return event.at("/attributes/user_id").asString();
    }

    private static int version(JsonNode event) {
        return event.at("/attributes/version").asInt();
    }

    private static void assertInOrder(List<JsonNode> events) {
        Map<String, List<Integer>> versions =
                events.stream().collect(groupingBy(FeedOrderTest::userOf, mapping(FeedOrderTest::version, toList())));
        assertThat(versions.values()).allSatisfy(each -> assertThat(each).isSorted());
    }

    /// Calls with a key of idempotency have a transaction that has begun before they wait for the user.
    @Test
    void manyNodesWriteAndNothingIsSkipped() {
        var database = TestPostgres.newMigratedDatabase();
        try (var one = new TestServer(Map.of(), InstantSource.system(), database);
                var two = new TestServer(Map.of(), InstantSource.system(), database)) {
            var tenant = one.addTenant();
            var nodes = List.of(one, two).stream()
                    .map(node -> node.newKey(tenant, "users:read", "users:write", "events:read"))
                    .toList();
            var users = IntStream.range(0, USERS)
                    .mapToObj(user -> nodes.getFirst().createUser("").id())
                    .toList();
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            var reader = new FeedReader(nodes.get(1));
            var events = new ArrayList<JsonNode>();
            var reading = Together.start(() -> {
                var all = new ArrayList<JsonNode>();
                for (int page = 0; page < 10 * CHANGES; page++) {
                    reader.page().at("/data").forEach(all::add);
                }
                return all;
            });
            Together.run(WRITERS, writer -> {
                var random = new Random(SEED + writer);
                for (int change = 0; change < CHANGES; change++) {
                    var user = users.get(random.nextInt(USERS));
                    var bss = nodes.get(random.nextInt(nodes.size()));
                    var name = "'name':'" + writer + "-" + change + "'";
                    var response = random.nextBoolean()
                            ? bss.patchUser(user, name)
                            : bss.patchUser(
                                    user,
                                    name,
                                    "Idempotency-Key",
                                    UUID.randomUUID().toString());
                    assertThat(response.status()).as(response.text()).isEqualTo(200);
                    acknowledged.add(
                            user + " " + response.at("/data/meta/version").asInt());
                }
                return writer;
            });
            events.addAll(reading.join());
            events.addAll(reader.rest(USERS + WRITERS * CHANGES - events.size()));

            var seen = new HashSet<String>();
            events.forEach(event -> seen.add(userOf(event) + " " + version(event)));
            assertThat(seen).containsAll(acknowledged);
            assertThat(events).hasSize(USERS + WRITERS * CHANGES);
            assertInOrder(events);
        }
    }

    @Test
    void aTransactionThatStaysOpenMakesReadersWaitAndHidesNothing() throws SQLException {
        var server = TestServer.shared();
        var tenant = server.addTenant();
        var bss = server.newKey(tenant, "users:write", "events:read");
        var slow = bss.createUser("").id();
        var reader = new FeedReader(bss);
        reader.rest(1);
        try (var beside = TestPostgres.connect(server.database())) {
            beside.setAutoCommit(false);
            beside.createStatement()
                    .execute("update roster_user set name = 'Slow', version = 2, updated_time = 1,"
                            + " feed_order = pg_current_xact_id()::text::bigint + feed_offset() where id = '" + slow
                            + "'");
            beside.createStatement()
                    .execute("insert into user_event (tenant_id, id, time, kind, user_id, version) values ('" + tenant
                            + "', '" + UUID.randomUUID() + "', now(), 'user.updated', '" + slow + "', 2)");
            var others = IntStream.range(0, 10)
                    .mapToObj(n -> bss.createUser("").id())
                    .toList();
            var waits = Together.start(() -> bss.patchUser(slow, "'name':'Quick'", "Idempotency-Key", "waits"));
            awaitOneThatWaitsFor(beside);
            assertThat(reader.page().at("/data")).isEmpty();
            beside.commit();
            assertThat(waits.join().status()).isEqualTo(200);
            var events = reader.rest(12);
            assertThat(events).extracting(FeedOrderTest::userOf).containsAll(others);
            assertThat(events.stream()
                            .filter(event -> userOf(event).equals(slow))
                            .map(FeedOrderTest::version))
                    .containsExactly(2, 3);
        }
    }

    /// The change that waits received its transaction's id before the one that it waits for.
    @Test
    void aTransactionThatBeganEarlierComesAfterTheChangeThatItWaitedFor() throws SQLException {
        var server = TestServer.shared();
        var tenant = server.addTenant();
        var bss = server.newKey(tenant, "users:write", "events:read");
        var user = bss.createUser("").id();
        try (var beside = TestPostgres.connect(server.database());
                var last = TestPostgres.connect(server.database())) {
            beside.setAutoCommit(false);
            beside.createStatement().execute("select from roster_user where id = '" + user + "' for update");
            var early = Together.start(() -> bss.patchUser(user, "'name':'Early'", "Idempotency-Key", "early"));
            awaitOneThatWaitsFor(beside);
            // Takes an id after that of the call, and its place in the row.
            last.createStatement().execute("select pg_current_xact_id()");
            beside.createStatement()
                    .execute("update roster_user set version = 2, name = 'Late',"
                            + " feed_order = pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1 + feed_offset()"
                            + " where id = '" + user + "'");
            beside.createStatement()
                    .execute("insert into user_event (tenant_id, id, time, kind, user_id, version, feed_order) select '"
                            + tenant + "', '" + UUID.randomUUID() + "', now(), 'user.updated', u.id, 2, u.feed_order"
                            + " from roster_user u where id = '" + user + "'");
            beside.commit();
            assertThat(early.join().status()).isEqualTo(200);
        }
        assertThat(new FeedReader(bss).rest(3))
                .extracting(FeedOrderTest::version)
                .containsExactly(1, 2, 3);
    }

    private static void awaitOneThatWaitsFor(Connection beside) throws SQLException {
        int own = beside.unwrap(PgConnection.class).getBackendPID();
        var database = TestServer.shared().database();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "1"
                        .equals(TestPostgres.value(
                                database,
                                "select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))",
                                own)));
    }

    /// A number that stands for the transaction ids of a PostgreSQL that has been running for a long time.
    private static DatabaseAddress longUsed() {
        var database = TestPostgres.newMigratedDatabase();
        try (var server = new TestServer(Map.of(), InstantSource.system(), database);
                var owner = TestPostgres.connect(database)) {
            assertThat(server.url()).isNotEmpty();
            owner.createStatement()
                    .execute("create or replace function feed_offset() returns bigint immutable parallel safe"
                            + " language sql return 5000000000::bigint");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }

    private static DatabaseAddress restored(byte[] backup) {
        var database = TestPostgres.newMigratedDatabase();
        Restore.into(
                DatabaseRoles.embedded(database),
                Duration.ofSeconds(30),
                new BackupFile(new ByteArrayInputStream(backup)));
        return database;
    }

    private static byte[] backup(DatabaseAddress database) {
        var file = new ByteArrayOutputStream();
        Backup.write(database, "ROSTER_DATABASE_URL", Duration.ofSeconds(30), "1.0.0", file);
        return file.toByteArray();
    }

    @Test
    void readersGoOnInANewPostgresWithTheirOldCursors() {
        var database = longUsed();
        FeedReader reader;
        byte[] backup;
        String key;
        List<String> rest;
        try (var server = new TestServer(Map.of(), InstantSource.system(), database)) {
            var bss = server.newKey(server.addTenant(), "users:write", "events:read");
            key = bss.key();
            var users = IntStream.range(0, 20)
                    .mapToObj(n -> bss.createUser("").id())
                    .toList();
            new FeedReader(bss).rest(20);
            reader = new FeedReader(bss, "/events?page%5Bsize%5D=8");
            assertThat(reader.page().at("/data")).hasSize(8);
            rest = users.subList(8, 20);
            backup = backup(database);
        }
        try (var server = new TestServer(Map.of(), InstantSource.system(), restored(backup))) {
            var bss = server.client(key);
            var later = bss.createUser("").id();
            bss.patchUser(rest.getLast(), "'name':'Later'");
            var events = new FeedReader(bss, reader.next()).rest(14);
            assertThat(events.stream().map(FeedOrderTest::userOf).limit(12)).isEqualTo(rest);
            assertThat(events.stream().map(FeedOrderTest::userOf).skip(12)).containsExactly(later, rest.getLast());
            assertInOrder(events);
        }
    }

    @Test
    void readersThatHaveReadMoreThanAnOlderBackupHasMissNothingThatIsNew() {
        var database = longUsed();
        FeedReader reader;
        byte[] backup;
        String key;
        try (var server = new TestServer(Map.of(), InstantSource.system(), database)) {
            var bss = server.newKey(server.addTenant(), "users:write", "events:read");
            key = bss.key();
            bss.createUser("");
            backup = backup(database);
            IntStream.range(0, 20).forEach(n -> bss.createUser(""));
            reader = new FeedReader(bss);
            reader.rest(21);
        }
        try (var server = new TestServer(Map.of(), InstantSource.system(), restored(backup))) {
            var bss = server.client(key);
            var later =
                    IntStream.range(0, 5).mapToObj(n -> bss.createUser("").id()).toList();
            assertThat(new FeedReader(bss, reader.next()).rest(5))
                    .extracting(FeedOrderTest::userOf)
                    .containsAll(later);
        }
    }
}
