package tv.roster.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.roster.TestServer;
import tv.roster.platform.database.session.SqlState;
import tv.roster.testing.ApiClient;

/// What a PostgreSQL distributed by tenant says of its shards.
class ShardsTest {
    @Test
    void theIndexOfAShardStandsForTheIndexOfItsTable() {
        try (var server = new TestServer(Map.of(), InstantSource.system())) {
            server.execute("alter index user_email_taken rename to user_email_taken_102043");
            server.execute("alter index user_external_id_taken rename to user_external_id_taken_102044");
            var bss = server.newTenant();
            var anna = bss.createUser("'external_id':'C-1','contact_details':{'email':'anna@example.com'}");
            var taken = bss.post("/users", ApiClient.user("{'contact_details':{'email':'ANNA@example.com'}}"));
            assertThat(taken.code()).isEqualTo("email_taken");
            assertThat(taken.textAt("/errors/0/meta/existing_id")).isEqualTo(anna.id());
            assertThat(bss.post("/users", ApiClient.user("{'external_id':'C-1'}"))
                            .code())
                    .isEqualTo("external_id_taken");
        }
    }

    /// Citus reports a lost worker as an internal error: "failure on connection marked as essential".
    @Test
    void aWorkerThatIsAwayIsAnOutageAndNoFault() {
        assertThat(SqlState.of("XX000")).isEqualTo(SqlState.UNAVAILABLE);
    }
}
