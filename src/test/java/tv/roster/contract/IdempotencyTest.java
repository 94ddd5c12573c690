package tv.roster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.contract.Expect.NOBODY;
import static tv.roster.contract.Expect.answered;
import static tv.roster.contract.Expect.ids;
import static tv.roster.contract.Expect.patiently;
import static tv.roster.contract.Expect.refused;
import static tv.roster.contract.Expect.user;
import static tv.roster.testing.Response.etag;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Section 4, "Repeats".
class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";
    private final ApiClient bss = TestServer.shared().newTenant();

    private static void isReplay(Response again, Response first) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        for (var header : new String[] {"Content-Type", "Location", "ETag", "Vary"}) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
    }

    @Test
    void aRepeatedPostIsAnsweredAsTheFirstTimeByteForByte() {
        var body = ApiClient.user("{'name':'Anna','external_id':'c1'}");
        var first = answered(bss.post("/users", body, KEY, "k"), 201);
        isReplay(bss.post("/users", body, KEY, "k"), first);
        assertThat(ids(bss.get("/users"))).hasSize(1);
        bss.patchUser(first.id(), "'name':'Bea'");
        isReplay(bss.post("/users", body, KEY, "k"), first);
        answered(bss.delete("/users/" + first.id()), 204);
        isReplay(bss.post("/users", body, KEY, "k"), first);
        assertThat(ids(bss.get("/users"))).isEmpty();
    }

    @Test
    void everyWritingMethodIsRepeatedSafely() {
        var id = bss.createUser("'external_id':'c1'").id();
        var path = "/users/" + id;
        var patch = bss.patchUser(id, "'name':'Anna'", KEY, "patch");
        bss.patchUser(id, "'name':'Bea'");
        isReplay(bss.patchUser(id, "'name':'Anna'", KEY, "patch"), patch);
        assertThat(bss.get(path).textAt("/data/attributes/name")).isEqualTo("Bea");

        var put = bss.put("/users/by_external_id/c2", ApiClient.user("{}"), KEY, "put");
        isReplay(bss.put("/users/by_external_id/c2", ApiClient.user("{}"), KEY, "put"), answered(put, 201));

        var kids = Expect.profile(null, "'name':'Kids'");
        var profile = answered(bss.post(path + "/user_profiles", kids, KEY, "profile"), 201);
        isReplay(bss.post(path + "/user_profiles", kids, KEY, "profile"), profile);
        var removed = answered(bss.delete("/user_profiles/" + profile.id(), KEY, "remove"), 204);
        isReplay(bss.delete("/user_profiles/" + profile.id(), KEY, "remove"), removed);

        var gone = answered(bss.delete(path, KEY, "delete"), 204);
        isReplay(bss.delete(path, KEY, "delete"), gone);
        refused(bss.delete(path, KEY, "another"), 404, "not_found");
    }

    @Test
    void theKeyWithAnotherRequestIsRefused() {
        var id = bss.createUser("").id();
        bss.post("/users", ApiClient.user("{}"), KEY, "k");
        refused(bss.post("/users", ApiClient.user("{ }"), KEY, "k"), 422, "idempotency_key_reused", KEY);
        refused(bss.post("/users?", ApiClient.user("{'name':'A'}"), KEY, "k"), 422, "idempotency_key_reused", KEY);
        refused(bss.patchUser(id, "", KEY, "k"), 422, "idempotency_key_reused", KEY);
        refused(bss.delete("/users/" + id, KEY, "k"), 422, "idempotency_key_reused", KEY);
        refused(bss.put("/users/by_external_id/x", ApiClient.user("{}"), KEY, "k"), 422, "idempotency_key_reused", KEY);
        assertThat(bss.get("/users/" + id).etag()).isEqualTo(etag(1));
        answered(bss.post("/users", ApiClient.user("{}"), KEY, "K"), 201);
        answered(bss.get("/users", KEY, "k"), 200);
    }

    @Test
    void anotherIfMatchIsAnotherRequest() {
        var id = bss.createUser("").id();
        var stale = answered(bss.patchUser(id, "'name':'A'", KEY, "k", "If-Match", etag(7)), 412);
        isReplay(bss.patchUser(id, "'name':'A'", KEY, "k", "If-Match", etag(7)), stale);
        refused(bss.patchUser(id, "'name':'A'", KEY, "k", "If-Match", etag(1)), 422, "idempotency_key_reused", KEY);
        refused(bss.patchUser(id, "'name':'A'", KEY, "k"), 422, "idempotency_key_reused", KEY);
        assertThat(bss.get("/users/" + id).etag()).isEqualTo(etag(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'data':{'type':'User','attributes':{'name':''}}}|422",
                "{'data':{'type':'User','attributes':{'external_id':'taken'}}}|409",
                "{'data':{'type':'Cat'}}|409",
                "{}|400",
                "[|400",
            })
    void aRefusalThatWouldBeTheSameAgainIsKept(String body, int status) {
        var taken = bss.createUser("'external_id':'taken'").id();
        var first = answered(bss.post("/users", body, KEY, "k"), status);
        bss.delete("/users/" + taken);
        isReplay(bss.post("/users", body, KEY, "k"), first);
        refused(bss.post("/users", ApiClient.user("{}"), KEY, "k"), 422, "idempotency_key_reused", KEY);
    }

    @Test
    void a404And412AreKeptToo() {
        var missing = bss.delete("/users/" + NOBODY, KEY, "a");
        isReplay(bss.delete("/users/" + NOBODY, KEY, "a"), answered(missing, 404));
        var id = bss.createUser("").id();
        var stale = bss.patchUser(id, "'name':'A'", KEY, "b", "If-Match", etag(2));
        bss.patchUser(id, "'name':'B'");
        isReplay(bss.patchUser(id, "'name':'A'", KEY, "b", "If-Match", etag(2)), answered(stale, 412));
    }

    @Test
    void a403IsNotKept() {
        var body = user(NOBODY, "");
        refused(bss.post("/users", body, KEY, "k"), 403, "client_id_not_allowed");
        var again = bss.post("/users", body, KEY, "k");
        refused(again, 403, "client_id_not_allowed");
        assertThat(again.header("Idempotency-Replayed")).isNull();
        answered(bss.post("/users", ApiClient.user("{}"), KEY, "k"), 201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\tb"})
    void whatIsNoKeyIsRefused(String key) {
        refused(bss.post("/users", ApiClient.user("{}"), KEY, key), 400, "bad_header", KEY);
    }

    @Test
    void aKeyHasOneTo255Characters() {
        refused(bss.post("/users", ApiClient.user("{}"), KEY, ""), 400, "bad_header", KEY);
        refused(bss.post("/users", ApiClient.user("{}"), KEY, "k".repeat(256)), 400, "bad_header", KEY);
        answered(bss.post("/users", ApiClient.user("{}"), KEY, "~".repeat(255)), 201);
        refused(bss.delete("/users/" + NOBODY, KEY, "a b"), 400, "bad_header", KEY);
    }

    @Test
    void keysAreTheTenantsOwn() {
        var other = TestServer.shared().newTenant();
        var body = ApiClient.user("{}");
        var mine = bss.post("/users", body, KEY, "k");
        var theirs = answered(other.post("/users", body, KEY, "k"), 201);
        assertThat(theirs.header("Idempotency-Replayed")).isNull();
        assertThat(theirs.id()).isNotEqualTo(mine.id());
    }

    @Test
    void keysAreKeptFor24Hours() {
        var clock = new FixedClock(Instant.parse("2026-05-01T10:00:00Z"));
        try (var server = new TestServer(Map.of(), clock)) {
            var tenant = server.newTenant();
            var body = ApiClient.user("{}");
            var first = tenant.post("/users", body, KEY, "k");
            clock.advance(Duration.ofHours(24).minusSeconds(1));
            isReplay(tenant.post("/users", body, KEY, "k"), first);
            clock.advance(Duration.ofSeconds(1));
            var second = answered(tenant.post("/users", ApiClient.user("{'name':'A'}"), KEY, "k"), 201);
            assertThat(second.header("Idempotency-Replayed")).isNull();
            isReplay(tenant.post("/users", ApiClient.user("{'name':'A'}"), KEY, "k"), second);
        }
    }

    @Test
    void ofManyAtOnceOneIsDoneAndTheOthersRepeatItOrWait() {
        var body = ApiClient.user("{'external_id':'race'}");
        var answers = Together.run(40, number -> patiently(() -> bss.post("/users", body, KEY, "k")));
        assertThat(ids(bss.get("/users"))).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201 && answer.header("Idempotency-Replayed") == null))
                .hasSize(1);
        for (var answer : answers) {
            if (answer.status() != 201) {
                refused(answer, 409, "idempotency_in_progress", KEY);
            }
        }
    }

    @Test
    void whileTheFirstIsUnderWayARepeatIsTold() throws Exception {
        var id = bss.createUser("").id();
        try (var connection = TestPostgres.connect(TestServer.shared().database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from roster_user where id = '" + id + "' for update");
            int blocker = connection.unwrap(PGConnection.class).getBackendPID();
            var first = Thread.ofVirtual().start(() -> bss.patchUser(id, "'name':'A'", KEY, "k"));
            // The first holds its key's row, uncommitted, while it waits for the user.
            await().until(() -> TestServer.shared()
                    .value("select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))", blocker)
                    .equals("1"));
            refused(bss.patchUser(id, "'name':'A'", KEY, "k"), 409, "idempotency_in_progress", KEY);
            connection.rollback();
            first.join();
        }
        var again = answered(bss.patchUser(id, "'name':'A'", KEY, "k"), 200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(bss.get("/users/" + id).etag()).isEqualTo(etag(2));
    }

    @Test
    void whatBreaksBeforeTheAnswerLeavesNeitherTheChangeNorTheKey() {
        try (var server = new TestServer(Map.of(), Instant::now)) {
            var tenant = server.newTenant();
            server.execute("alter table idempotency_key add constraint breaks check (status is null)");
            var body = ApiClient.user("{'external_id':'c1'}");
            refused(tenant.post("/users", body, KEY, "k"), 500, "internal");
            assertThat(ids(tenant.get("/users"))).isEmpty();
            assertThat(server.value("select count(*) from user_event")).isEqualTo("0");
            server.execute("alter table idempotency_key drop constraint breaks");
            answered(tenant.post("/users", body, KEY, "k"), 201);
        }
    }
}
