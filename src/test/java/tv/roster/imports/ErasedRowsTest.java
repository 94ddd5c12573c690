package tv.roster.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.ImportClient.CSV;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tv.roster.TestServer;
import tv.roster.installation.InstallationSecrets;
import tv.roster.platform.database.Database;
import tv.roster.platform.eventloop.EventLoops;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Seal;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ImportClient;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.values.ids.TenantId;
import tv.roster.values.ids.UserId;
import tv.roster.values.people.Person;
import tv.roster.values.people.Person.Values;

/// Of a person who is erased, no row of an import is left, and none that is still to be carried out comes back.
class ErasedRowsTest {
    /// Unlike the lock of a row, it does not hold up the feeds of other tests.
    private static final String NO_WRITES = "lock table roster_user in share row exclusive mode";

    private final TestServer server = new TestServer(Map.of(), InstantSource.system());
    private final UUID tenant = server.addTenant();
    private final ApiClient bss = server.newKey(tenant, "users:read", "users:write", "bulk");
    private final ImportClient imports = new ImportClient(bss);
    private final EventLoops loops = new EventLoops(1);
    private final Database database = new Database(loops, server.asApplication(), 1);
    private final InstallationSecrets secrets = new InstallationSecrets(database, InstantSource.system());
    private final Seal seal = new Seal(secrets.keys(KeyUse.IMPORTS));
    private final Person anna = Person.of(
            new TenantId(tenant),
            new UserId(UUID.randomUUID()),
            List.of(new Values("crm-1", "Anna.Virtanen@münchen.example", "+358 40 123 4567", "Anna Virtanen")));

    @AfterEach
    void close() {
        secrets.close();
        database.close();
        loops.close();
        server.close();
    }

    private static String row(String attributes) {
        return "{'attributes':{" + attributes + "}}";
    }

    private static String contact(String externalId, String member, String value) {
        return row("'external_id':'" + externalId + "','contact_details':{'" + member + "':'" + value + "'}");
    }

    private int eraseRejected() {
        return database.inTransaction(transaction -> ErasedRowsTable.eraseRejected(transaction, anna));
    }

    private int eraseWaiting() {
        return database.inTransaction(transaction -> ErasedRowsTable.eraseWaiting(transaction, anna, seal));
    }

    private List<Integer> linesWithContent(Response sent) {
        return imports.rejected(sent).stream()
                .filter(row -> !row.path("row").isNull())
                .map(row -> row.path("line").asInt())
                .toList();
    }

    @Test
    void rejectedRowsAboutThePersonAreEmptiedAndTheOthersStay() {
        var sent = imports.sendRows(
                "",
                row("'external_id':'crm-1','user_flags':['NO_SUCH_FLAG']"),
                contact("crm-2", "email", "ANNA.virtanen@xn--mnchen-3ya.example")
                        .replace("email", "e-mail"),
                row("'contact_details':{'telephone_number_E123':'+358-40-1234567'}"),
                "{'id':'" + anna.user().toString().toUpperCase(Locale.ROOT) + "','attributes':{'flags':[]}}",
                contact("crm-10", "email", "joanna.virtanen@münchen.example").replace("email'", "e-mail'"),
                contact("crm-11", "telephone_number_E123", "+358401234568").replace("}}}", "},'flags':[]}}"),
                row("'external_id':'CRM-1','flags':[]"),
                // Somebody of the same household.
                contact("crm-12", "telephone_number_E123", "+358401234567").replace("}}}", "},'flags':[]}}"),
                row("'externalId':'crm-1'"));
        assertThat(imports.counts(sent)).isEqualTo(List.of(0, 0, 0, 9));

        assertThat(eraseRejected()).isEqualTo(5);

        assertThat(linesWithContent(sent)).containsExactly(5, 6, 7, 8);
        var first = imports.rejected(sent).getFirst();
        assertThat(first.path("line").asInt()).isEqualTo(1);
        assertThat(first.path("external_id").isNull()).isTrue();
        assertThat(first.path("errors")).isEmpty();
        assertThat(imports.rejectedCsv(sent).lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("1,"));
        assertThat(eraseRejected()).isZero();
    }

    @Test
    void rejectedRowsOfCsvFilesAndOfManyPartsAreFoundToo() {
        var file = new StringBuilder("external_id,email,telephone_number_E123\n");
        for (int row = 0; row < 2_500; row++) {
            // All are candidates by the mailbox, and each tenth is the person's.
            file.append("c")
                    .append(row)
                    .append(",anna.virtanen@")
                    .append(row % 10 == 0 ? "münchen.example" : "köln.example")
                    .append(",1\n");
        }
        var sent = imports.send("", CSV, file.toString());
        assertThat(imports.counts(sent)).isEqualTo(List.of(0, 0, 0, 2_500));
        assertThat(eraseRejected()).isEqualTo(250);
        assertThat(linesWithContent(sent)).hasSize(2_250);
    }

    /// The import waits for the lock, with its rows in memory.
    @Test
    void aRowOfARunningImportDoesNotComeBack() throws SQLException {
        bss.createUser("'external_id':'locked'");
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(NO_WRITES);
            var sent = imports.sendRows(
                    "",
                    row("'external_id':'locked','name':'Otto'"),
                    row("'external_id':'crm-1','name':'Anna'"),
                    contact("crm-2", "email", "anna.virtanen@xn--mnchen-3ya.example"),
                    "{'attributes':{'external_id':'crm-1','name':'An",
                    row("'external_id':'crm-3'"));
            await().until(() -> server.value("select count(*) from pg_stat_activity"
                            + " where wait_event_type = 'Lock' and datname = current_database()")
                    .equals("1"));

            assertThat(eraseWaiting()).isEqualTo(3);
            assertThat(eraseWaiting()).isZero();
            connection.commit();

            assertThat(imports.counts(sent)).isEqualTo(List.of(1, 1, 0, 3));
            assertThat(imports.rejected(sent))
                    .extracting(rejected -> rejected.path("line").asInt())
                    .containsExactly(2, 3, 4);
            assertThat(imports.rejected(sent)).allSatisfy(ErasedRowsTest::isErased);
        }
        assertThat(bss.get("/users/by_external_id/crm-1").status()).isEqualTo(404);
        assertThat(bss.get("/users/by_external_id/crm-2").status()).isEqualTo(404);
        assertThat(bss.get("/users/by_external_id/locked").textAt("/data/attributes/name"))
                .isEqualTo("Otto");
    }

    private static void isErased(JsonNode rejected) {
        assertThat(rejected.path("row").isNull()).isTrue();
        assertThat(rejected.path("external_id").isNull()).isTrue();
        assertThat(rejected.at("/errors/0/code").asString()).isEqualTo("not_found");
        assertThat(rejected.at("/errors/0/detail").asString()).isEqualTo("This row was erased.");
    }

    @Test
    void rowsOfAWaitingCsvFileAndDraftsOfADryRunGo() throws SQLException {
        bss.createUser("'external_id':'locked'");
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(NO_WRITES);
            var running = imports.sendRows("", row("'external_id':'locked','name':'Otto'"));
            var waiting = imports.send("", CSV, """
                    name;telephone_number_E123;external_id
                    Anna;+358401234567;
                    Bea;+358401234568;b
                    Of the same household;+358401234567;c
                    """);
            var rehearsal = imports.sendRows("?dry_run=true", row("'external_id':'d'"));
            server.execute("""
                    insert into import_draft (tenant_id, import_id, id, version, user_flags, telephone, default_profile_id,
                        updated_time)
                    select ?, ?, gen_random_uuid(), 1, '{}', n, gen_random_uuid(), 0
                      from unnest(array['+358 401234567', '+358 401234568']) n""", tenant, UUID.fromString(rehearsal.id()));

            // A row and a draft.
            assertThat(eraseWaiting()).isEqualTo(2);

            assertThat(server.value("select string_agg(telephone, ' ') from import_draft"))
                    .isEqualTo("+358 401234568");
            connection.commit();
            imports.finished(running);
            assertThat(imports.counts(waiting)).isEqualTo(List.of(2, 0, 0, 1));
            assertThat(bss.get("/users/by_external_id/b").status()).isEqualTo(200);
            assertThat(bss.get("/users/by_external_id/c").status()).isEqualTo(200);
        }
    }

    /// Who gets an address that was the person's is not the person; whoever is not known may be.
    @Test
    void waitingRowsOfOtherUsersStayWhateverTheySay() throws SQLException {
        bss.createUser("'external_id':'locked'");
        var bea = bss.createUser("'external_id':'bea'").id();
        var cleo = bss.createUser("'external_id':'cleo'").id();
        var address = "'contact_details':{'email':'anna.virtanen@münchen.example'}";
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(NO_WRITES);
            var running = imports.sendRows("", row("'external_id':'locked','name':'Otto'"));
            var waiting = imports.sendRows(
                    "",
                    row("'external_id':'bea'," + address),
                    "{'id':'" + cleo + "','attributes':{'name':'crm-1'," + address + "}}",
                    row("'external_id':'nobody'," + address),
                    row("'name':'Anna','e-mail':'anna.virtanen@münchen.example'"),
                    row("'name':'Anna','externalId':'crm-1'"));

            assertThat(eraseWaiting()).isEqualTo(3);

            connection.commit();
            imports.finished(running);
            imports.finished(waiting);
            assertThat(imports.rejected(waiting).stream()
                            .filter(rejected -> rejected.path("row").isNull()))
                    .extracting(rejected -> rejected.path("line").asInt())
                    .containsExactly(3, 4, 5);
        }
        assertThat(bss.get("/users/" + bea).textAt("/data/attributes/contact_details/email"))
                .isEqualTo("anna.virtanen@münchen.example");
    }
}
