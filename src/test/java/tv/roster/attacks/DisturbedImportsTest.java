package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.ImportClient.CSV;
import static tv.roster.testing.ImportClient.NDJSON;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.RawHttp;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// What happens around imports while they arrive and run.
class DisturbedImportsTest {
    private static final int USERS = 3_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestServer server = TestServer.shared();
    private final UUID tenant = server.addTenant("GOLD");
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "bulk");
    private final ImportClient imports = new ImportClient(bss);

    private static String file(String name) {
        return IntStream.range(0, USERS)
                .mapToObj(user -> "c" + user + "," + name + "\n")
                .collect(Collectors.joining("", "external_id,name\n", ""));
    }

    private String own(String sql) {
        return server.value(sql, tenant);
    }

    private Response cancel(String id) {
        return bss.patch(
                "/imports/" + id, "{'data':{'type':'Import','id':'" + id + "','attributes':{'status':'CANCELLED'}}}");
    }

    @Test
    void aRepeatedUploadLeavesNothingBehind() {
        var first = imports.send("", CSV, file("Once"), "Idempotency-Key", "once");
        assertThat(first.status()).isEqualTo(201);
        var again = imports.send("", CSV, file("Once"), "Idempotency-Key", "once");
        assertThat(again.id()).isEqualTo(first.id());
        var atOnce = Together.run(4, number -> imports.send("", CSV, file("Twice"), "Idempotency-Key", "at-once"));
        assertThat(atOnce).allSatisfy(response -> assertThat(response.status()).isIn(201, 409));
        assertThat(atOnce.stream()
                        .filter(response -> response.status() == 201)
                        .map(Response::id)
                        .distinct())
                .hasSize(1);
        assertThat(imports.send("", CSV, file("Else"), "Idempotency-Key", "once")
                        .code())
                .isEqualTo("idempotency_key_reused");
        assertThat(own("select count(*) from import where tenant_id = ? and status not in ('RECEIVING', 'REMOVED')"))
                .isEqualTo("2");
        assertThat(own("select count(*) from import where tenant_id = ? and status = 'RECEIVING'"))
                .isEqualTo("0");
    }

    @Test
    void uploadsThatBreakOffLeaveNothingBehind() {
        for (var part : new String[] {"", "external", "external_id,name\nc1,Anna\nc2"}) {
            try (var connection = upload(100)) {
                connection.send(part);
                await().until(() -> own("select count(*) from import where tenant_id = ? and status = 'RECEIVING'")
                        .equals("1"));
                connection.reset();
            }
            await().atMost(SOON)
                    .until(() -> own("select count(*) from import where tenant_id = ? and status = 'RECEIVING'")
                            .equals("0"));
        }
        assertThat(bss.get("/imports").at("/data").size()).isZero();
    }

    private RawHttp upload(int length, String... headers) {
        return new RawHttp(Integer.parseInt(server.url().replaceAll(".*:", "")))
                .send("POST /api/user/management/v4/imports HTTP/1.1\r\nHost: roster.example\r\nAuthorization: Apikey "
                        + bss.key() + "\r\nContent-Type: text/csv\r\nContent-Length: " + length + "\r\n"
                        + String.join("", headers) + "\r\n");
    }

    @Test
    void aClientThatExpectsToContinueIsToldToOrRefusedBeforeItSends() {
        var file = "external_id,name\nc1,Anna\n";
        try (var connection = upload(file.length(), "Expect: 100-continue\r\n")) {
            assertThat(connection.read().status()).isEqualTo(100);
            var sent = connection.send(file).read();
            assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        }
        server.execute("insert into import (tenant_id, id, status, mode, dry_run, format, created_time, lease_until)"
                + " select '" + tenant + "', gen_random_uuid(), 'RECEIVING', 'UPSERT', false, 'csv', 0, "
                + Long.MAX_VALUE + " from generate_series(1, 100)");
        try (var connection = upload(file.length(), "Expect: 100-continue\r\n")) {
            var refused = connection.read();
            assertThat(refused.status()).as(refused.text()).isBetween(400, 499);
            assertThat(refused.text()).contains("import_limit");
        }
    }

    @Test
    void flagsThatAreRemovedMeanwhileAreUnknownToTheRowsThatFollow() throws SQLException {
        bss.createUser("'external_id':'c0','name':'Anna'");
        var rows = IntStream.range(0, 4_000)
                .mapToObj(row -> row < 2_000 ? "c" + row + ",Name,\n" : "c" + row + ",Name,GOLD\n")
                .collect(Collectors.joining("", "external_id,name,user_flags\n", ""));
        Response sent;
        try (var holder = TestPostgres.connect(server.database());
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select 1 from roster_user where tenant_id = '" + tenant + "' for update");
            sent = imports.send("", CSV, rows);
            await().atMost(SOON)
                    .until(() ->
                            imports.show(sent.id()).path("status").asString().equals("RUNNING"));
            server.execute("update tenant set user_flags = '{}' where id = ?", tenant);
            server.execute("update installation set access_version = access_version + 1");
            server.refresh();
            holder.rollback();
        }
        assertThat(ImportClient.counts(imports.finished(sent)).getLast()).isEqualTo(2_000);
        assertThat(own("select count(*) from roster_user where tenant_id = ? and user_flags <> '{}'"))
                .isEqualTo("0");
    }

    @Test
    void rejectedRowsOfAnImportThatIsDeletedMeanwhileBreakOff() {
        var sent = imports.send(
                "",
                NDJSON,
                ("{'name':'" + "x".repeat(2_000) + "'}\n").replace('\'', '"').repeat(12_000));
        imports.finished(sent);
        try (var reader = new RawHttp(Integer.parseInt(server.url().replaceAll(".*:", "")))) {
            reader.send("GET /api/user/management/v4/imports/" + sent.id() + "/rejected_rows HTTP/1.1\r\n"
                    + "Host: roster.example\r\nAuthorization: Apikey " + bss.key() + "\r\n\r\n");
            assertThat(reader.readHead().status()).isEqualTo(200);
            assertThat(bss.delete("/imports/" + sent.id()).status()).isEqualTo(204);
            server.execute("delete from import_rejected_row where tenant_id = ?", tenant);
            assertThatThrownBy(() -> reader.readChunks(new ByteArrayOutputStream()))
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void changesOfOthersAreNotLost() {
        imports.counts(imports.send("", CSV, file("First")));
        var over = new AtomicBoolean();
        var others = Together.start(() -> Together.run(4, writer -> {
            for (int number = writer; !over.get(); number = (number + 7) % USERS) {
                var path = "/users/by_external_id/c" + number;
                var response = switch (number % 3) {
                    case 0 -> bss.delete(path);
                    case 1 -> bss.post("/users", ApiClient.user("{'external_id':'c" + number + "'}"));
                    default -> bss.put(path, ApiClient.user("{'name':'Other " + number + "'}"));
                };
                assertThat(response.status()).as(response.text()).isLessThan(500);
            }
            return writer;
        }));
        for (var name : new String[] {"Second", "Third"}) {
            var finished = imports.finished(imports.send("", CSV, file(name)));
            assertThat(finished.path("status").asString()).isEqualTo("COMPLETED");
            assertThat(finished.at("/rows/rejected").asInt()).isZero();
        }
        over.set(true);
        others.join();
        assertThat(own("""
                        select count(*)
                          from roster_user u
                          left join lateral (select count(*) as lines
                                               from user_event e
                                              where e.tenant_id = u.tenant_id and e.user_id = u.id) e on true
                         where u.tenant_id = ? and u.version <> e.lines"""))
                .as("users whose lines in the log do not make up their versions")
                .isEqualTo("0");
    }

    @Test
    void whatACancelledImportCountsIsWhatItDid() {
        for (int part = 0; part < 6; part++) {
            var imported = part;
            var sent = imports.send("", CSV, file("Name " + part));
            await().atMost(SOON)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        var shown = imports.show(sent.id());
                        return shown.at("/rows/done").asInt() >= imported * 500
                                || !shown.path("finished_time").isNull();
                    });
            assertThat(cancel(sent.id()).status()).isIn(200, 409);
            var shown = imports.show(sent.id());
            var changed = shown.at("/rows/created").asInt()
                    + shown.at("/rows/updated").asInt();
            var id = UUID.fromString(sent.id());
            assertThat(server.value("select count(*) from user_event where import_id = ?", id))
                    .isEqualTo(Integer.toString(changed));
            assertThat(bss.delete("/imports/" + sent.id()).status()).isEqualTo(204);
        }
    }

    @Test
    void nothingIsLeftOfATenantThatIsDeletedWhileItsImportRuns() {
        var slow = upload(1_000).send("external_id,name\n");
        var large = file("Anna") + file("Berta").replace("\nc", "\nd").substring(17);
        imports.send("", CSV, large);
        await().atMost(SOON)
                .until(() -> !own("select count(*) from roster_user where tenant_id = ?")
                        .equals("0"));
        await().atMost(SOON)
                .until(() -> server.admin()
                                .delete("/tenants/" + tenant + "?users=delete")
                                .status()
                        == 204);
        slow.close();
        await().atMost(SOON)
                .until(() -> own("select count(*) from import where tenant_id = ? and status in ('RUNNING', 'QUEUED')"
                                + " and lease_until > extract(epoch from now()) * 1000")
                        .equals("0"));
        for (var table : new String[] {"roster_user", "user_profile"}) {
            assertThat(own("select count(*) from " + table + " where tenant_id = ?"))
                    .as(table)
                    .isEqualTo("0");
        }
        try (var database = new Sweeps(server.database())) {
            database.sweep();
        }
        for (var table : new String[] {"import", "import_chunk", "import_draft", "import_rejected_row"}) {
            await(table)
                    .atMost(SOON)
                    .until(() -> own("select count(*) from " + table + " where tenant_id = ?")
                            .equals("0"));
        }
    }

    /// Until what is left of the tenant is removed.
    @Test
    void importsOfATenantThatIsGoneKeepNobodyBusy() {
        var gone = UUID.randomUUID();
        var state = "select status || xmin from import where tenant_id = ?";
        await().atMost(SOON).until(() -> {
            // Again if a sweep has just removed it.
            server.execute(
                    "insert into import (tenant_id, id, status, mode, dry_run, format, chunks, created_time)"
                            + " values (?, ?, 'QUEUED', 'UPSERT', false, 'csv', 1, 0) on conflict do nothing",
                    gone,
                    gone);
            var before = server.value(state, gone);
            for (int time = 0; time < 20; time++) {
                bss.get("/imports");
            }
            return before != null && before.startsWith("RUNNING") && before.equals(server.value(state, gone));
        });
        server.execute("delete from import where tenant_id = ?", gone);
    }

    @Test
    void withoutTheScopeNothingOfAnImportIsSeen() {
        var sent = imports.send("", CSV, "external_id,name,email\nc1,Anna,nobody\n");
        imports.finished(sent);
        var person = server.newKey(tenant, "users:read", "users:write", "credentials:verify");
        var path = "/imports/" + sent.id();
        for (var refused : new Response[] {
            person.get("/imports"),
            person.get(path),
            person.get(path + "/rejected_rows"),
            person.delete(path),
            person.patch(path, "{'data':{'type':'Import','id':'" + sent.id() + "'}}"),
            new ImportClient(person).send("", CSV, "name\n")
        }) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("insufficient_scope");
            assertThat(refused.text()).doesNotContain("Anna");
        }
    }

    @Test
    void oneTenantsUploadsThatStandStillDoNotHoldUpAnother() {
        var slow = new ArrayList<RawHttp>();
        for (int number = 0; number < 200; number++) {
            slow.add(upload(1_000).send("external_id"));
        }
        var other = server.newKey(server.addTenant(), "users:read", "users:write", "bulk");
        var sent = new ImportClient(other).send("", CSV, file("Anna"));
        assertThat(new ImportClient(other).counts(sent)).isEqualTo(List.of(USERS, 0, 0, 0));
        assertThat(other.get("/users?page%5Bsize%5D=1000").at("/data").size()).isEqualTo(1_000);
        slow.forEach(RawHttp::reset);
        await().atMost(SOON)
                .until(() -> own("select count(*) from import where tenant_id = ? and status = 'RECEIVING'")
                        .equals("0"));
    }
}
