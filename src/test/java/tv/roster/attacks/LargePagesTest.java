package tv.roster.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.ApiClient;
import tv.roster.testing.ContractForm;
import tv.roster.testing.Response;
import tv.roster.testing.ServerAlone;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// Pages of users that have the longest names and twenty profiles each: one of a thousand takes 17 MB, and some of
/// them at once used to end a server with the usual heap.
class LargePagesTest {
    private static final int AT_ONCE = 40;
    private static final String PAGE = "/users?include=user_profiles&page%5Bsize%5D=";

    @TempDir
    static Path folder;

    private static ServerAlone server;
    private static ApiClient bss;

    @BeforeAll
    static void start() throws SQLException {
        var database = TestPostgres.newMigratedDatabase();
        server = ServerAlone.start(
                folder.resolve("data"),
                Map.of("ROSTER_DATABASE_URL", url(database)),
                "-Xmx144m",
                "-XX:+UseSerialGC",
                "-XX:NewRatio=1",
                "-XX:SurvivorRatio=4",
                "-XX:+UseCompactObjectHeaders");
        bss = server.bss();
        try (var connection = TestPostgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("""
                    with made as (
                        insert into roster_user (tenant_id, id, version, name, user_flags, default_profile_id,
                            updated_time)
                        select t.id, gen_random_uuid(), 1, repeat('😀', 250), '{}', gen_random_uuid(), 1
                          from tenant t, generate_series(1, 1000) n
                        returning tenant_id, id, default_profile_id
                    )
                    insert into user_profile (tenant_id, id, user_id, name)
                    select m.tenant_id, case when p = 1 then m.default_profile_id else gen_random_uuid() end, m.id,
                           repeat('😀', 60) || p
                      from made m, generate_series(1, 20) p""");
            statement.execute("analyze");
        }
    }

    private static String url(DatabaseAddress address) {
        return "postgresql://" + address.user() + ":" + address.password().value() + "@" + address.host() + ":"
                + address.port() + "/" + address.database();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void manyAtOnceWaitOrAreRefusedAndTheServerGoesOn() {
        var answers = Together.run(AT_ONCE, number -> bss.get(PAGE + 300));
        assertThat(answers).extracting(Response::status).contains(200).isSubsetOf(200, 503);
        assertThat(server.process().isAlive()).isTrue();
        assertThat(bss.get("/users?page%5Bsize%5D=1").status()).isEqualTo(200);
    }

    @Test
    void aPageThatWouldBeTooLargeIsRefusedWithWhatToAskInstead() {
        var answers = Together.run(AT_ONCE, number -> bss.get(PAGE + 1000));
        assertThat(answers).extracting(Response::status).contains(422).isSubsetOf(422, 503);
        var refused = bss.get(PAGE + 1000);
        ContractForm.checkError(refused);
        assertThat(refused.code()).isEqualTo("too_expensive");
        assertThat(refused.source()).isEqualTo("page[size]");
        assertThat(server.process().isAlive()).isTrue();
    }
}
