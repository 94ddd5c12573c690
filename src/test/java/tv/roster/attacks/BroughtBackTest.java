package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tv.roster.testing.AdminClient.document;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.testing.ApiClient;
import tv.roster.testing.FixedClock;
import tv.roster.testing.Response;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// What a deletion has ended does not come back with the user, and who is deleted is not shown more than a user is.
class BroughtBackTest {
    private static final String PASSWORD = "three birds on a wire";
    private static FixedClock clock;
    private static TestServer server;

    private final Subscriber anna = Subscriber.on(server);
    private final ApiClient privacy =
            server.newKey(anna.tenant(), "users:read", "users:write", "events:read", "privacy");

    @BeforeAll
    static void start() {
        clock = new FixedClock(Instant.now());
        server = new TestServer(Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Response restore() {
        return anna.bss().post("/deleted_users/" + anna.id() + "/restorations", null);
    }

    private void comesBack() {
        assertThat(anna.bss().delete("/users/" + anna.id()).status()).isEqualTo(204);
        var restored = restore();
        assertThat(restored.status()).as(restored.text()).isEqualTo(201);
    }

    @Test
    void noLinkFromBeforeTheDeletionWorksAgain() {
        var links = List.of(anna.link("ActivationLink"), anna.link("PasswordResetLink"));
        comesBack();
        for (var link : links) {
            assertThat(anna.browser().open(link).status()).isEqualTo(410);
            assertThat(anna.browser().choose(link, PASSWORD, PASSWORD).status()).isEqualTo(410);
        }
        assertThat(anna.browser()
                        .choose(anna.link("PasswordResetLink"), PASSWORD, PASSWORD)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anEntityTagFromBeforeTheDeletionDoesNotHold() {
        var tag = anna.bss().get("/users/" + anna.id()).etag();
        comesBack();
        assertThat(anna.bss().delete("/users/" + anna.id(), "If-Match", tag).code())
                .isEqualTo("version_mismatch");
        assertThat(anna.bss().get("/users/" + anna.id(), "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void aDeletionUnderAConditionThatAChangeOutrunsDeletesNobody() throws SQLException {
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.prepareStatement(
                        "update roster_user set version = version + 1 where tenant_id = ? and id = ?")) {
            connection.setAutoCommit(false);
            statement.setObject(1, anna.tenant());
            statement.setObject(2, UUID.fromString(anna.id()));
            statement.execute();
            var deleted = Together.start(() -> anna.bss().delete("/users/" + anna.id(), "If-Match", Response.etag(1)));
            awaitWaiting();
            connection.commit();
            assertThat(deleted.join().code()).isEqualTo("version_mismatch");
        }
        assertThat(anna.bss().get("/users/" + anna.id()).status()).isEqualTo(200);
        assertThat(anna.bss().get("/deleted_users/" + anna.id()).status()).isEqualTo(404);
    }

    private static void awaitWaiting() {
        await().until(() -> server.value("select count(*) from pg_stat_activity"
                        + " where wait_event_type = 'Lock' and datname = current_database()")
                .equals("1"));
    }

    @Test
    void theLastSecondOfTheGracePeriodIsTheOneBeforeItsEnd() {
        assertThat(anna.bss().delete("/users/" + anna.id()).status()).isEqualTo(204);
        long end = anna.bss()
                .get("/deleted_users/" + anna.id())
                .at("/data/attributes/purge_time")
                .asLong();
        long left = end - clock.instant().getEpochSecond();
        clock.advance(Duration.ofSeconds(left - 1));
        assertThat(restore().status()).isEqualTo(201);
        assertThat(anna.bss().delete("/users/" + anna.id()).status()).isEqualTo(204);
        clock.advance(Duration.ofDays(30));
        assertThat(restore().status()).isEqualTo(404);
        assertThat(privacy.post("/users/" + anna.id() + "/personal_data_exports", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void noSecretOfADeletedUserIsShown() {
        anna.change(Subscriber.password(PASSWORD));
        var hash = server.value(
                "select password_hash from roster_user where tenant_id = ? and id = ?",
                anna.tenant(),
                UUID.fromString(anna.id()));
        assertThat(anna.bss().delete("/users/" + anna.id()).status()).isEqualTo(204);
        var export = privacy.post("/users/" + anna.id() + "/personal_data_exports", null);
        assertThat(export.status()).as(export.text()).isEqualTo(201);
        assertThat(List.of(
                        export.text(),
                        privacy.get("/deleted_users").text(),
                        privacy.get("/events").text(),
                        restore().text()))
                .noneMatch(text -> text.contains(hash) || text.contains("$argon2") || text.contains(PASSWORD));
    }

    @Test
    void idsInUpperCaseAreTheSame() {
        var upper = anna.id().toUpperCase(Locale.ROOT);
        assertThat(anna.bss().delete("/users/" + upper).status()).isEqualTo(204);
        assertThat(anna.bss().get("/deleted_users/" + upper).id()).isEqualTo(anna.id());
        assertThat(anna.bss()
                        .post("/deleted_users/" + upper + "/restorations", null)
                        .status())
                .isEqualTo(201);
        assertThat(privacy.post("/users/" + upper + "/personal_data_exports", null)
                        .status())
                .isEqualTo(201);
        var erased = privacy.post("/erasures", document("Erasure", "'user_id':'" + upper + "'"));
        assertThat(erased.textAt("/data/attributes/user_id")).isEqualTo(anna.id());
    }

    @Test
    void aRestorationThatMeetsTheEndOfItsTenantIsNoFault() throws SQLException {
        assertThat(anna.bss().delete("/users/" + anna.id()).status()).isEqualTo(204);
        try (var connection = TestPostgres.connect(server.database());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("delete from api_key where tenant_id = '" + anna.tenant() + "'");
            statement.execute("delete from tenant where id = '" + anna.tenant() + "'");
            var restored = Together.start(this::restore);
            awaitWaiting();
            connection.commit();
            assertThat(restored.join().status()).isEqualTo(503);
        }
    }

    @Test
    void whoMayNotIsToldSoBeforeTheBodyIsRead() {
        var reader = server.newKey(anna.tenant(), "users:read");
        for (var body : List.of("{", "{'data':[{'type':'Erasure'}]}", "[]")) {
            assertThat(new ApiClient(server.url(), null)
                            .post(server.url() + "/api/user/management/v4/erasures", body)
                            .status())
                    .isEqualTo(401);
            assertThat(reader.post("/erasures", body).code()).isEqualTo("insufficient_scope");
            assertThat(privacy.post("/erasures", body).status()).isEqualTo(400);
        }
        assertThat(privacy.post("/erasures", document("Erasure", "'user_id':'" + "x".repeat(10_000) + "'"))
                        .status())
                .isEqualTo(404);
        assertThat(privacy.post("/erasures", document("Erasure", "'external_id':'" + "x".repeat(10_000) + "'"))
                        .status())
                .isEqualTo(422);
        assertThat(privacy.send("OPTIONS", "/erasures", null).header("Allow")).contains("POST");
        assertThat(privacy.send("HEAD", "/deleted_users", null).status()).isEqualTo(200);
    }
}
