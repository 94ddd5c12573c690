package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.ImportClient.CSV;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;

/// Imports of several tenants at once, carried out by two nodes on one database.
class ImportsOnTwoNodesTest {
    private static final int TENANTS = 4;
    private static final int IMPORTS_OF_ONE = 5;
    private static final int USERS = 1_200;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TestServer one = new TestServer(Map.of(), InstantSource.system(), TestPostgres.newMigratedDatabase());
    private final TestServer other = new TestServer(Map.of(), InstantSource.system(), one.database());

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    private ApiClient key(UUID tenant) {
        var key = one.newKey(tenant, "users:read", "users:write", "bulk");
        other.refresh();
        return key;
    }

    private static String file(int users, String name) {
        return IntStream.range(0, users)
                .mapToObj(user -> "c" + user + "," + name + "\n")
                .collect(Collectors.joining("", "external_id,name\n", ""));
    }

    /// The first one creates users, the others change them: a user's versions show in which order.
    @Test
    void eachIsCarriedOutOnceAndInTheOrderOfItsTenant() {
        var tenants = new ArrayList<UUID>();
        var clients = new ArrayList<ImportClient>();
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            tenants.add(one.addTenant());
            var bss = key(tenants.getLast());
            clients.add(new ImportClient(bss));
            clients.add(new ImportClient(other.client(bss.key())));
        }
        var sent = new ArrayList<Response>();
        for (int number = 0; number < IMPORTS_OF_ONE; number++) {
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                sent.add(clients.get(2 * tenant + number % 2).send("", CSV, file(USERS, "Name " + number)));
            }
        }
        // A node that stops leaves what it has begun to the other one.
        one.close();
        for (int at = 0; at < sent.size(); at++) {
            var client = clients.get(2 * (at % TENANTS) + 1);
            var expected = at < TENANTS ? List.of(USERS, 0, 0, 0) : List.of(0, USERS, 0, 0);
            assertThat(client.counts(sent.get(at))).isEqualTo(expected);
        }
        for (var tenant : tenants) {
            assertThat(one.value("""
                            select count(*)
                              from user_event e
                              join (select i.id, row_number() over (order by i.id) as place
                                      from import i where i.tenant_id = ?) i on i.id = e.import_id
                             where (e.after ->> 'version')::int = i.place
                               and e.after ->> 'name' = 'Name ' || (i.place - 1)""", tenant)).isEqualTo(Integer.toString(IMPORTS_OF_ONE * USERS));
            assertThat(one.value("select count(*) from user_event where tenant_id = ? and user_id is not null", tenant))
                    .isEqualTo(Integer.toString(IMPORTS_OF_ONE * USERS));
        }
    }

    /// A file that arrives slowly has an older id than one that overtakes it and has begun.
    @Test
    void theOneThatHasBegunIsFinishedBeforeAFileThatArrivedLater() throws SQLException {
        var tenant = one.addTenant();
        var bss = key(tenant);
        var imports = new ImportClient(bss);
        bss.createUser("'external_id':'c0'");
        try (var slow = new RawHttp(Integer.parseInt(one.url().replaceAll(".*:", "")));
                var holder = TestPostgres.connect(one.database());
                var statement = holder.createStatement()) {
            var late = "external_id,name\nc0,Late\n";
            slow.send("POST /api/user/management/v4/imports HTTP/1.1\r\nHost: roster.example\r\nAuthorization: Apikey "
                    + bss.key() + "\r\nContent-Type: text/csv\r\nContent-Length: " + late.length() + "\r\n\r\n"
                    + late.substring(0, 5));
            await().until(() -> one.value("select count(*) from import where status = 'RECEIVING'")
                    .equals("1"));
            holder.setAutoCommit(false);
            statement.execute("select 1 from roster_user where tenant_id = '" + tenant + "' for update");
            var begun = imports.send("", CSV, file(2_000, "Begun"));
            await().atMost(PATIENCE)
                    .until(() ->
                            imports.show(begun.id()).path("status").asString().equals("RUNNING"));
            var queued = slow.send(late.substring(5)).read();
            assertThat(queued.status()).isEqualTo(201);
            // While these are carried out, by the other node, it has its chance, too.
            var others = new ImportClient(key(one.addTenant()));
            for (int time = 0; time < 2; time++) {
                assertThat(others.counts(others.send("", CSV, file(10, "Other"))))
                        .isNotEmpty();
            }
            holder.rollback();
            imports.finished(begun);
            await().atMost(PATIENCE)
                    .until(() -> one.value("select count(*) from import where status <> 'COMPLETED'")
                            .equals("0"));
        }
        assertThat(one.value("select name from roster_user where tenant_id = ? and external_id = 'c0'", tenant))
                .isEqualTo("Late");
    }
}
