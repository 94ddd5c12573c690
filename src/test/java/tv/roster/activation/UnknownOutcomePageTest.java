package tv.roster.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;
import tv.roster.TestServer;
import tv.roster.platform.database.session.DatabaseAddress;
import tv.roster.testing.NetworkBetween;
import tv.roster.testing.TestPostgres;
import tv.roster.testing.Together;

/// The connection to the database breaks while a subscriber's password is saved.
class UnknownOutcomePageTest {
    private final DatabaseAddress database = TestPostgres.newMigratedDatabase();

    @Test
    void thePageDoesNotSayThatNothingWasChanged() throws SQLException {
        try (var network = new NetworkBetween(database);
                var server = new TestServer(
                        Map.of("ROSTER_ARGON2_MEMORY_KIB", "64", "ROSTER_ARGON2_ITERATIONS", "1"),
                        InstantSource.system(),
                        network.address());
                var connection = TestPostgres.connect(database)) {
            var bss = server.newTenant();
            var user = bss.createUser("'contact_details':{'email':'anna@example.com'}")
                    .id();
            var link = bss.post(
                            "/users/" + user + "/activation_links",
                            "{'data':{'type':'ActivationLink','attributes':{'delivery':'none'}}}")
                    .textAt("/data/attributes/url");
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("select from roster_user where id = ? for update")) {
                statement.setObject(1, UUID.fromString(user));
                statement.execute();
            }
            var own = connection.unwrap(PgConnection.class).getBackendPID();
            var chosen = Together.start(() -> new Visitor(server)
                    .send(
                            "/activate",
                            Map.of(
                                    "token",
                                    link.substring(link.indexOf('=') + 1),
                                    "password",
                                    "three birds on a wire",
                                    "repeated",
                                    "three birds on a wire"),
                            "Accept",
                            "text/html"));
            await().until(() -> "1"
                    .equals(TestPostgres.value(
                            database,
                            "select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))",
                            own)));
            network.breakOff();
            var page = chosen.join();
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.header("Retry-After")).isNotNull();
            assertThat(page.text())
                    .contains("<title>We are not sure whether that worked")
                    .contains("try to log in with your new password")
                    .doesNotContain("nothing has been changed");
        }
    }
}
